"""A file of any supported format becomes a `Document` of blocks with places; no meaning is read here."""
