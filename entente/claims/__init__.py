"""The ledger of claims: verdicts, sources, forecasts and pledges."""
