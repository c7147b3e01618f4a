"""A small builder for shader node graphs.

Every method returns the output socket that the next node takes as its input, so a material reads from top to bottom
like arithmetic. Colours are linear RGB triples; lengths are metres, because all textures use object coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence

import bpy

Colour = tuple[float, float, float]
Socket = bpy.types.NodeSocket
Value = float | Colour | Socket

ORIGIN: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)


class MaterialGraph:
    """One material made of a Principled BSDF and the textures that feed it."""

    def __init__(self, name: str, over: bpy.types.Material | None = None) -> None:
        """Start a material, or go on with a finished one whose surface is one Principled BSDF."""
        self._coordinates: bpy.types.Node | None = None
        if over is not None:
            self.material, self.tree = over, over.node_tree
            self.bsdf = next(node for node in self.tree.nodes if node.bl_idname == "ShaderNodeBsdfPrincipled")
            return
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.bsdf = self.node("ShaderNodeBsdfPrincipled")
        output = self.node("ShaderNodeOutputMaterial")
        self.tree.links.new(self.bsdf.outputs[0], output.inputs["Surface"])

    def node(self, kind: str, **settings: object) -> bpy.types.Node:
        """Add a node of Blender type `kind` and set the given attributes on it."""
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        return node

    def feed(self, value: Value, socket: Socket) -> None:
        """Link `value` to an input socket, or write it there as a constant."""
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, tuple) and socket.type == "RGBA":
            socket.default_value = (*value, 1.0)
        else:
            socket.default_value = value

    def surface(self, **inputs: Value) -> MaterialGraph:
        """Feed inputs of the Principled BSDF; `Base_Color` means the input named "Base Color"."""
        for name, value in inputs.items():
            self.feed(value, self.bsdf.inputs[name.replace("_", " ")])
        return self

    def blend(self, name: str, amount: Socket, new: Value) -> None:
        """Mix `new` into whatever feeds an input of the Principled BSDF: all of it where `amount` is 1."""
        socket = self.bsdf.inputs[name]
        now: Value
        if socket.is_linked:
            now = socket.links[0].from_socket
        else:
            now = tuple(socket.default_value)[:3] if socket.type == "RGBA" else socket.default_value
        if socket.type == "RGBA":
            self.feed(self.mix(amount, now, new), socket)
        else:
            gap = self.math("SUBTRACT", new, now)
            self.feed(self.math("ADD", now, self.math("MULTIPLY", gap, amount)), socket)

    def shining(self, colour: Value) -> MaterialGraph:
        """Replace the surface by flat light of this colour: no shading, for the exact passes."""
        light = self.node("ShaderNodeEmission")
        self.feed(colour, light.inputs[0])
        output = next(node for node in self.tree.nodes if node.bl_idname == "ShaderNodeOutputMaterial")
        self.tree.links.new(light.outputs[0], output.inputs["Surface"])
        return self

    # ---- coordinates -------------------------------------------------------------------------------------------

    def position(self) -> Socket:
        """Object-space position in metres."""
        if self._coordinates is None:
            self._coordinates = self.node("ShaderNodeTexCoord")
        return self._coordinates.outputs["Object"]

    def attribute(self, name: str, output: str = "Fac") -> Socket:
        """A per-vertex attribute of the mesh: `Fac` for a number, `Vector` for a triple."""
        return self.node("ShaderNodeAttribute", attribute_name=name).outputs[output]

    def mapped(
        self, scale: Colour = WHITE, turn: Colour = ORIGIN, shift: Colour = ORIGIN, at: Socket | None = None
    ) -> Socket:
        """Coordinates scaled, turned (radians) and shifted."""
        node = self.node("ShaderNodeMapping")
        node.inputs["Scale"].default_value = scale
        node.inputs["Rotation"].default_value = turn
        node.inputs["Location"].default_value = shift
        self.feed(at or self.position(), node.inputs["Vector"])
        return node.outputs[0]

    def split(self, vector: Socket | None = None) -> tuple[Socket, Socket, Socket]:
        """The x, y and z of a vector (of the position when none is given)."""
        node = self.node("ShaderNodeSeparateXYZ")
        self.feed(vector or self.position(), node.inputs[0])
        return node.outputs[0], node.outputs[1], node.outputs[2]

    def joined(self, x: Value, y: Value, z: Value) -> Socket:
        """A vector from three numbers."""
        node = self.node("ShaderNodeCombineXYZ")
        for value, socket in zip((x, y, z), node.inputs, strict=True):
            self.feed(value, socket)
        return node.outputs[0]

    def distance(self, vector: Socket, point: Colour) -> Socket:
        """How far a vector lies from a point, in metres."""
        node = self.node("ShaderNodeVectorMath", operation="DISTANCE")
        self.feed(vector, node.inputs[0])
        node.inputs[1].default_value = point
        return node.outputs["Value"]

    # ---- textures ----------------------------------------------------------------------------------------------

    def noise(
        self, scale: float, detail: float = 3.0, rough: float = 0.5, warp: float = 0.0, at: Socket | None = None
    ) -> Socket:
        """Fractal noise in 0..1; `scale` is features per metre."""
        node = self.node("ShaderNodeTexNoise")
        node.inputs["Scale"].default_value = scale
        node.inputs["Detail"].default_value = detail
        node.inputs["Roughness"].default_value = rough
        node.inputs["Distortion"].default_value = warp
        self.feed(at or self.position(), node.inputs["Vector"])
        return node.outputs["Fac"]

    def cells(self, scale: float, at: Socket | None = None) -> Socket:
        """Distance to the nearest of many scattered points, `scale` points per metre: pores, freckles, grains."""
        node = self.node("ShaderNodeTexVoronoi")
        node.inputs["Scale"].default_value = scale
        self.feed(at or self.position(), node.inputs["Vector"])
        return node.outputs["Distance"]

    # ---- arithmetic --------------------------------------------------------------------------------------------

    def math(self, operation: str, a: Value, b: Value | None = None) -> Socket:
        """One scalar operation, by Blender's name: ADD, MULTIPLY, FLOOR, FRACT, LESS_THAN ..."""
        node = self.node("ShaderNodeMath", operation=operation)
        self.feed(a, node.inputs[0])
        if b is not None:
            self.feed(b, node.inputs[1])
        return node.outputs[0]

    def ramp(self, source: Value, stops: Sequence[tuple[float, float | Colour]]) -> Socket:
        """Piecewise linear map from 0..1 to a colour or to a grey level."""
        node = self.node("ShaderNodeValToRGB")
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (position, value) in zip(elements, stops, strict=True):
            element.position = position
            colour = value if isinstance(value, tuple) else (value, value, value)
            element.color = (*colour, 1.0)
        self.feed(source, node.inputs[0])
        return node.outputs[0]

    def mix(self, amount: Value, first: Value, second: Value, mode: str = "MIX") -> Socket:
        """Blend two colours: `first` where `amount` is 0, `second` where it is 1."""
        node = self.node("ShaderNodeMix", data_type="RGBA", blend_type=mode)
        colour_sockets = [socket for socket in node.inputs if socket.type == "RGBA"]
        self.feed(amount, node.inputs[0])
        self.feed(first, colour_sockets[0])
        self.feed(second, colour_sockets[1])
        return next(socket for socket in node.outputs if socket.type == "RGBA")

    def bump(self, height: Socket, strength: float, depth: float, below: Socket | None = None) -> Socket:
        """A normal from a height field; `depth` is the relief in metres, `below` a normal to build on."""
        node = self.node("ShaderNodeBump")
        node.inputs["Strength"].default_value = strength
        node.inputs["Distance"].default_value = depth
        self.feed(height, node.inputs["Height"])
        if below is not None:
            self.feed(below, node.inputs["Normal"])
        return node.outputs[0]
