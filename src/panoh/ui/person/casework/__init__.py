"""The upper part of the tab 'Case': where it stands, what is due, plan, services, referrals, follow-ups."""
