"""What the owner of a server needs: a start and an end that lose no run, a log, readiness, metrics."""
