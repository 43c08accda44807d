"""UIMA CAS, as JSON and as XMI, for INCEpTION and DKPro."""
