"""What holds for every test: no screen is needed, and the program speaks English unless asked."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ANNOTATOR_LANGUAGE"] = "en"
