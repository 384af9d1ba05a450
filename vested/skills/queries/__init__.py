"""Questions about skills."""
