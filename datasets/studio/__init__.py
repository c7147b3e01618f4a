"""The picture studio: kitchen scenes built in Blender from seeds, rendered, with gold read from an exact instance mask.

Only the modules `gold`, `recipes`, `publish` and `contact_sheet` import without Blender; the rest need `bpy`.
"""
