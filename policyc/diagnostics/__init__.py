"""What the compiler says about a policy: codes, diagnostics, outcomes, near names."""
