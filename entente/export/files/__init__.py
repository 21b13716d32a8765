"""Files for other programs: CSV, calendar, geodata, the dataset as a zip."""
