"""Chats for fine-tuning language models."""
