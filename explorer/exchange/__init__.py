"""What the app and its workers share: a run's folder, the messages between them, where files lie. No torch."""
