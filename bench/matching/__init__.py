"""Our search for what exists already beside the full-text and trigram search of databases everybody has."""
