"""Where core's tables speak of people without a key to them: how that is read, and how somebody is taken out."""
