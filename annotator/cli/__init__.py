"""The deeds of the window without a window: no module here imports Qt."""
