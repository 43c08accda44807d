"""Source documents become articles: plain text in any encoding, and what press text says of itself."""
