"""Mark what one was told as read."""

from datetime import datetime

from django.db import transaction

from vested.core.models import Notification
from vested.core.viewer import Viewer


@transaction.atomic
def read_notifications(*, by: Viewer, at: datetime, only: Notification | None = None) -> int:
    """Mark one's own notifications as read, all or only one; give how many were not.

    Nothing is recorded: what somebody has read is nobody else's business.
    """
    rows = Notification.objects.visible_to(by).unread()
    return (rows.filter(pk=only.pk) if only else rows).update(read_at=at)
