"""The only place that knows everything: settings and the command line."""
