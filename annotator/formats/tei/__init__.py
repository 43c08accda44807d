"""TEI, annotated in the text or off it."""
