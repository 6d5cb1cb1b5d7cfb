"""The codes, one file a family. A check keeps its own code beside itself."""
