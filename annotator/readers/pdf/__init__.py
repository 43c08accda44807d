"""PDF: the text of the pages in the order in which it is read."""
