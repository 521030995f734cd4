"""What pages share: language, controls that return value objects, the link that restores a screen."""
