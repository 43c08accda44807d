"""Between a project and files: what the window and the command line both call."""
