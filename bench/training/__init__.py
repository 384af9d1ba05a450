"""Our training plans beside the compact mixed-integer program, given to solvers everybody can get."""
