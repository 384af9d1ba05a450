"""Our calibrations and sittings beside the libraries everybody can get."""
