"""Files of many messages or pages: feeds, mail, web archives."""
