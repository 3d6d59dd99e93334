"""Who is made public (PFIF): a tab of Tracing for supervisors."""
