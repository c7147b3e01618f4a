"""Files in which the field exchanges labels; one module a format, each says what its numbers mean and what is lost."""
