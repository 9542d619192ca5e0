"""All levels of validation together, and making a release."""
