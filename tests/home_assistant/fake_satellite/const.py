DOMAIN = "fake_satellite"
