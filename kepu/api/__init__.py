"""What anybody may read, as JSON (版本 v1): activities, places, seasons, notices and the lists they set, described by OpenAPI.

The reads are those of the portal: published copies, the same conditions, the same pages by cursor. Nothing personal is in
them, nothing is written, no session is looked at. ``site`` gathers the operations, ``describing`` is the document,
``documents`` the page that people read, ``urls`` puts every operation into the frame of
:mod:`kepu.web.portal.machines.serving`.
"""
