"""Pure functions on arrays and intervals, one module a family. Nothing here reads a file or knows an exercise."""
