"""The contract of the data: tables, columns, rules, faults, contested words."""
