"""The nouns of skills."""

from vested.skills.models.frameworks import Framework, Skill
from vested.skills.models.levels import Level, Snapshot
from vested.skills.models.roles import Demand, JobFamily, Post, Requirement, Role, Source

__all__ = ["Demand", "Framework", "JobFamily", "Level", "Post", "Requirement", "Role", "Skill", "Snapshot", "Source"]
