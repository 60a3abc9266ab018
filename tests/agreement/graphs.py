"""Graph files as their owners' libraries see them, in the shape of hubfit's `FileFacts`.

    python graphs.py make DIR     writes models of every kind into DIR
    python graphs.py facts DIR    prints a JSON object: for each file in DIR, what its owner's library says of it

Libraries: onnx, ai-edge-litert, litert-lm-builder, coremltools, openvino. A kind whose library is not there is left out.
"""

import json
import os
import re
import sys


def tally():
    return {"operators": {}, "types": {}, "files": {}, "inputs": [], "outputs": [], "opsets": []}


def count(facts, operator):
    facts["operators"][operator] = facts["operators"].get(operator, 0) + 1


def tensor(facts, kind, elements, size):
    row = facts["types"].setdefault(kind, [0, 0, 0])
    row[0] += 1
    row[1] += elements
    row[2] += size


def external(facts, path, end):
    row = facts["files"].setdefault(path, [0, 0])
    row[0] += 1
    row[1] = max(row[1], end)


def product(dims):
    result = 1
    for dim in dims:
        result *= dim
    return result


def bits_in_name(name):
    """The bits of a sub-byte type, which NumPy does not have: UINT4, FLOAT6E2M3, u1."""
    return int(re.search(r"\d+", name).group())


# --- ONNX


class Onnx:
    def __init__(self):
        import onnx

        self.onnx = onnx

    def bits(self, data_type):
        name = self.onnx.TensorProto.DataType.Name(data_type)
        if re.match(r"(U?INT|FLOAT)[246](E|$)", name):
            return bits_in_name(name)
        return self.onnx.helper.tensor_dtype_to_np_dtype(data_type).itemsize * 8

    def tensor(self, facts, t):
        name = self.onnx.TensorProto.DataType.Name(t.data_type)
        elements = product(t.dims)
        where = {entry.key: entry.value for entry in t.external_data}
        if t.data_location == self.onnx.TensorProto.EXTERNAL:
            size = int(where["length"])
            external(facts, where["location"], int(where.get("offset", 0)) + size)
        elif t.HasField("raw_data"):
            size = len(t.raw_data)
        elif name == "STRING":
            size = sum(map(len, t.string_data))
        else:
            size = (elements * self.bits(t.data_type) + 7) // 8
        tensor(facts, name, elements, size)

    def sparse(self, facts, t):
        self.tensor(facts, t.values)
        self.tensor(facts, t.indices)

    def nodes(self, facts, nodes):
        for node in nodes:
            plain = node.domain in ("", "ai.onnx")
            count(facts, node.op_type if plain else f"{node.domain}.{node.op_type}")
            for attribute in node.attribute:
                if attribute.HasField("t"):
                    self.tensor(facts, attribute.t)
                if attribute.HasField("g"):
                    self.graph(facts, attribute.g)
                if attribute.HasField("sparse_tensor"):
                    self.sparse(facts, attribute.sparse_tensor)
                for t in attribute.tensors:
                    self.tensor(facts, t)
                for g in attribute.graphs:
                    self.graph(facts, g)
                for t in attribute.sparse_tensors:
                    self.sparse(facts, t)

    def graph(self, facts, graph):
        self.nodes(facts, graph.node)
        for t in graph.initializer:
            self.tensor(facts, t)
        for t in graph.sparse_initializer:
            self.sparse(facts, t)

    def type(self, t):
        """The name of the innermost element type, and the outermost container around it."""
        kind = t.WhichOneof("value")
        if kind in ("tensor_type", "sparse_tensor_type"):
            inner = getattr(t, kind)
            name = self.onnx.TensorProto.DataType.Name(inner.elem_type)
            return name, inner.shape if inner.HasField("shape") else None
        if kind in ("sequence_type", "optional_type"):
            return self.type(getattr(t, kind).elem_type)
        return self.type(t.map_type.value_type)

    def value(self, v):
        kind = v.type.WhichOneof("value")
        if kind is None:
            return [v.name, "", None]
        name, shape = self.type(v.type)
        around = {"sequence_type": "seq", "optional_type": "optional", "map_type": "map"}.get(kind)
        dims = None
        if shape is not None:
            dims = [d.dim_value if d.HasField("dim_value") else d.dim_param for d in shape.dim]
        return [v.name, f"{around}({name})" if around else name, dims]

    def facts(self, path):
        model = self.onnx.load(path, load_external_data=False)
        facts = tally()
        facts["version"] = str(model.ir_version)
        self.graph(facts, model.graph)
        opsets = list(model.opset_import)
        for function in model.functions:
            self.nodes(facts, function.node)
            opsets += function.opset_import
        for training in model.training_info:
            self.graph(facts, training.initialization)
            self.graph(facts, training.algorithm)
        for opset in opsets:
            row = [opset.domain or "ai.onnx", opset.version]
            if row not in facts["opsets"]:
                facts["opsets"].append(row)
        weights = {t.name for t in model.graph.initializer} if model.ir_version < 4 else ()
        facts["inputs"] = [self.value(v) for v in model.graph.input if v.name not in weights]
        facts["outputs"] = [self.value(v) for v in model.graph.output]
        return facts

    def make(self, folder):
        from onnx import TensorProto, helper, numpy_helper
        import numpy

        save = lambda name, model: open(os.path.join(folder, name), "wb").write(model.SerializeToString())
        # Every element type, as raw data and as numbers.
        tensors = []
        for name, data_type in TensorProto.DataType.items():
            if name in ("UNDEFINED", "STRING"):
                continue
            values = [0, 1, 1, 0, 1]
            tensors.append(helper.make_tensor(f"numbers.{name}", data_type, [5], values))
            size = (5 * self.bits(data_type) + 7) // 8
            raw = TensorProto(name=f"raw.{name}", data_type=data_type, dims=[5], raw_data=bytes(size))
            tensors.append(raw)
        tensors.append(helper.make_tensor("texts", TensorProto.STRING, [3], [b"a", b"", b"ccc"]))
        tensors.append(helper.make_tensor("scalar", TensorProto.FLOAT, [], [1.0]))
        tensors.append(TensorProto(name="empty", data_type=1, dims=[0, 7]))
        sparse = helper.make_sparse_tensor(
            helper.make_tensor("values", TensorProto.FLOAT, [2], [1.0, 2.0]),
            helper.make_tensor("indices", TensorProto.INT64, [2], [0, 3]),
            [4],
        )
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3, None])
        rankless = helper.make_tensor_value_info("rankless", TensorProto.INT64, None)
        seq = helper.make_value_info("seq", helper.make_sequence_type_proto(
            helper.make_tensor_type_proto(TensorProto.FLOAT16, [2])))
        optional = helper.make_value_info("optional", helper.make_optional_type_proto(seq.type))
        mapped = helper.make_value_info("map", helper.make_map_type_proto(TensorProto.INT64, x.type))
        y = helper.make_tensor_value_info("y", TensorProto.BOOL, [])
        graph = helper.make_graph(
            [helper.make_node("Identity", ["x"], ["y"])], "types",
            [x, rankless, seq, optional, mapped], [y], tensors, sparse_initializer=[sparse])
        model = helper.make_model(graph, producer_name="agreement", opset_imports=[
            helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)])
        helper.set_model_props(model, {"license": "MIT", "long": "x" * 5000})
        save("types.onnx", model)

        # Bodies in bodies, constants in them, local functions.
        weight = helper.make_tensor("w", TensorProto.FLOAT, [2], [1.0, 2.0])
        inner = helper.make_graph([helper.make_node("Constant", [], ["z"], value=weight)], "inner", [], [y], [weight])
        branch = helper.make_graph(
            [helper.make_node("If", ["c"], ["z"], then_branch=inner, else_branch=inner)], "outer", [], [y])
        function = helper.make_function(
            "local", "Gelu", ["a"], ["b"], [helper.make_node("Erf", ["a"], ["b"])],
            [helper.make_opsetid("", 20)])
        graph = helper.make_graph(
            [
                helper.make_node("If", ["c"], ["y"], then_branch=branch, else_branch=inner),
                helper.make_node("Gelu", ["x"], ["g"], domain="local"),
                helper.make_node("MatMulNBits", ["x"], ["m"], domain="com.microsoft", K=32, N=8, bits=4),
            ],
            "bodies", [x], [y])
        model = helper.make_model(graph, functions=[function], opset_imports=[
            helper.make_opsetid("", 21), helper.make_opsetid("local", 1)])
        save("bodies.onnx", model)

        # Data beside the graph, in one file and in one per tensor.
        arrays = [numpy_helper.from_array(numpy.ones((64, 64), numpy.float32), f"w{i}") for i in range(5)]
        graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "external", [x], [y], arrays)
        for name, one in [("beside.onnx", True), ("apart.onnx", False)]:
            model = helper.make_model(graph)
            copy = self.onnx.ModelProto.FromString(model.SerializeToString())
            self.onnx.save(copy, os.path.join(folder, name), save_as_external_data=True,
                           all_tensors_to_one_file=one, location=f"{name}_data" if one else None, size_threshold=0)

        # Weights in the file, some large: what is passed over.
        arrays = [numpy_helper.from_array(numpy.zeros(n, numpy.uint8), f"w{i}")
                  for i, n in enumerate([10, 9_000_000, 3, 700_000, 5, 700_000, 40_000, 6_000_000, 1])]
        graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "large", [x], [y], arrays)
        save("large.onnx", helper.make_model(graph))

        # The test cases of the ONNX operators: a small model each.
        from onnx.backend.test.case.node import collect_testcases
        from onnx.backend.test.case.model import collect_testcases as collect_models

        os.makedirs(os.path.join(folder, "cases"), exist_ok=True)
        for case in collect_testcases(None) + collect_models():
            if case.model is not None:
                save(f"cases/{case.name}.onnx", case.model)
        data = os.path.join(os.path.dirname(self.onnx.__file__), "backend/test/data")
        for at, (where, _, names) in enumerate(sorted(os.walk(data))):
            for name in names:
                if name.endswith(".onnx"):
                    bytes_ = open(os.path.join(where, name), "rb").read()
                    open(os.path.join(folder, f"cases/data{at}-{name}"), "wb").write(bytes_)


# --- TFLite


class Tflite:
    def __init__(self):
        from ai_edge_litert import schema_py_generated as schema

        self.schema = schema
        named = lambda kind: {v: k for k, v in vars(kind).items() if isinstance(v, int)}
        self.operators, self.types = named(schema.BuiltinOperator), named(schema.TensorType)

    def shape(self, t):
        return [int(d) if d >= 0 else "" for d in
                (t.ShapeSignatureAsNumpy() if t.ShapeSignatureLength() else t.ShapeAsNumpy())] \
            if t.ShapeLength() or t.ShapeSignatureLength() else []

    def value(self, name, t):
        return [name, self.types[t.Type()], self.shape(t)]

    def facts(self, path):
        model = self.schema.Model.GetRootAs(open(path, "rb").read(), 0)
        facts = tally()
        facts["version"] = str(model.Version())
        names = []
        for i in range(model.OperatorCodesLength()):
            code = model.OperatorCodes(i)
            number = max(code.DeprecatedBuiltinCode(), code.BuiltinCode())
            custom = f"CUSTOM({(code.CustomCode() or b'').decode()})"
            names.append(custom if number == 32 else self.operators[number])
        counted = set()
        for g in map(model.Subgraphs, range(model.SubgraphsLength())):
            for i in range(g.OperatorsLength()):
                count(facts, names[g.Operators(i).OpcodeIndex()])
            for t in map(g.Tensors, range(g.TensorsLength())):
                # Here a tensor holds data where its buffer does; the reader under test does not look at buffers.
                buffer = model.Buffers(t.Buffer())
                size = buffer.DataLength() or buffer.Size()
                if t.Buffer() == 0 or size == 0 or t.Buffer() in counted:
                    continue
                counted.add(t.Buffer())
                elements = product([int(d) for d in t.ShapeAsNumpy()]) if t.ShapeLength() else 1
                sparse = t.Sparsity() is not None
                tensor(facts, self.types[t.Type()], elements, 0 if sparse else size)
                facts["sparse"] = facts.get("sparse", 0) + sparse
        signatures = [model.SignatureDefs(i) for i in range(model.SignatureDefsLength())]
        for s in signatures:
            prefix = s.SignatureKey().decode() + "/" if len(signatures) > 1 else ""
            g = model.Subgraphs(s.SubgraphIndex())
            for maps, length, row in [(s.Inputs, s.InputsLength(), "inputs"), (s.Outputs, s.OutputsLength(), "outputs")]:
                for m in map(maps, range(length)):
                    facts[row].append(self.value(prefix + m.Name().decode(), g.Tensors(m.TensorIndex())))
        if not signatures and model.SubgraphsLength():
            g = model.Subgraphs(0)
            name = lambda t: (t.Name() or b"").decode()
            facts["inputs"] = [self.value(name(t), t) for t in map(g.Tensors, map(g.Inputs, range(g.InputsLength())))]
            facts["outputs"] = [self.value(name(t), t) for t in map(g.Tensors, map(g.Outputs, range(g.OutputsLength())))]
        return facts

    def make(self, folder):
        import flatbuffers
        import numpy

        s = self.schema
        model = s.ModelT()
        model.version, model.description, model.buffers = 3, "agreement", [s.BufferT()]
        model.operatorCodes = []
        for number, custom in [(9, None), (32, "odml.rms_norm"), (206, None), (118, None)]:
            code = s.OperatorCodeT()
            code.deprecatedBuiltinCode, code.builtinCode, code.version = min(number, 127), number, 1
            code.customCode = custom
            model.operatorCodes.append(code)

        def buffer(size):
            model.buffers.append(s.BufferT())
            if size:
                model.buffers[-1].data = numpy.zeros(size, numpy.uint8)
            return len(model.buffers) - 1

        def tensor(name, kind, shape, size=0, signature=None):
            t = s.TensorT()
            t.name, t.type, t.shape, t.buffer = name, kind, shape, buffer(size)
            if signature:
                t.shapeSignature = signature
            return t

        def operator(code, inputs, outputs):
            o = s.OperatorT()
            o.opcodeIndex, o.inputs, o.outputs = code, inputs, outputs
            return o

        model.subgraphs = []
        for name in ["prefill", "decode"]:
            g = s.SubGraphT()
            g.name, g.inputs, g.outputs = name, [0], [3]
            g.tensors = [
                tensor("tokens", 2, [1, 8], signature=[1, -1]),
                tensor("w", 17, [3, 5], 8),
                tensor("b", 9, [300_000], 300_000),
                tensor("logits", 0, [1, 8, 100]),
                tensor("hidden", 1, [1, 8]),
                tensor("w8", 0, [2], 8),
            ]
            if model.subgraphs:
                g.tensors[2].buffer = model.subgraphs[0].tensors[2].buffer
            g.operators = [operator(0, [0, 1, -1], [4]), operator(1, [4, 2], [3]), operator(2, [4], [3])]
            model.subgraphs.append(g)
        model.signatureDefs = []
        for index, name in enumerate(["prefill", "decode"]):
            d = s.SignatureDefT()
            d.signatureKey, d.subgraphIndex, d.inputs, d.outputs = name, index, [], []
            for row, tensor_name, at in [(d.inputs, "tokens", 0), (d.outputs, "logits", 3)]:
                m = s.TensorMapT()
                m.name, m.tensorIndex = tensor_name, at
                row.append(m)
            model.signatureDefs.append(d)

        def save(name):
            b = flatbuffers.Builder(1024)
            b.Finish(model.Pack(b), b"TFL3")
            open(os.path.join(folder, name), "wb").write(b.Output())

        save("signatures.tflite")
        model.signatureDefs = []
        save("plain.tflite")


# --- LiteRT-LM


class Litertlm:
    def __init__(self):
        from litert_lm_builder import litertlm_builder, litertlm_core, litertlm_peek
        from litert_lm_builder.runtime.proto import llm_metadata_pb2

        self.builder, self.core, self.peek, self.metadata = (
            litertlm_builder, litertlm_core, litertlm_peek, llm_metadata_pb2)

    def facts(self, path):
        out = open(os.devnull, "w")
        header = self.peek.read_litertlm_header(path, out)
        facts = tally()
        facts["sections"] = []
        file = open(path, "rb").read()
        facts["version"] = ".".join(str(int.from_bytes(file[at:at + 4], "little")) for at in (8, 12, 16))
        sections = header.SectionMetadata()
        for i in range(sections.ObjectsLength()):
            section = sections.Objects(i)
            kind = self.core.any_section_data_type_to_string(section.DataType())
            start, end = section.BeginOffset(), section.EndOffset()
            facts["sections"].append([kind, self.peek.get_model_type(section), start, end - start])
            if kind == "LlmMetadataProto":
                metadata = self.metadata.LlmMetadata.FromString(file[start:end])
                facts["contextLength"] = metadata.max_num_tokens or None
                facts["architecture"] = metadata.llm_model_type.WhichOneof("model_type")
        return facts

    def make(self, folder):
        tflite = os.path.join(folder, "plain.tflite")
        if not os.path.exists(tflite):
            return
        b = self.builder
        metadata = self.metadata.LlmMetadata()
        metadata.max_num_tokens = 4096
        metadata.llm_model_type.gemma3.image_tensor_height = 896
        metadata.jinja_prompt_template = "{{ x }}" * 1000
        text = os.path.join(folder, "metadata.pb")
        open(text, "wb").write(metadata.SerializeToString())
        open(os.path.join(folder, "tokenizer.model"), "wb").write(b"x" * 5000)
        builder = b.LitertLmFileBuilder()
        builder.add_system_metadata(b.Metadata(key="Authors", value="agreement", dtype=b.DType.STRING))
        builder.add_llm_metadata(text)
        builder.add_sentencepiece_tokenizer(os.path.join(folder, "tokenizer.model"))
        builder.add_tflite_model(tflite, b.TfLiteModelType.PREFILL_DECODE)
        builder.add_tflite_model(tflite, b.TfLiteModelType.EMBEDDER)
        with open(os.path.join(folder, "lm.litertlm"), "wb") as stream:
            builder.build(stream)


# --- Core ML


class Coreml:
    def __init__(self):
        import coremltools
        from coremltools.proto import MIL_pb2, Model_pb2

        self.ct, self.mil, self.proto = coremltools, MIL_pb2, Model_pb2

    def array(self, a):
        names = {65568: "FLOAT32", 65600: "DOUBLE", 65552: "FLOAT16", 131104: "INT32", 131080: "INT8"}
        return names[a.dataType], list(a.shape)

    def feature(self, f):
        kind = f.type.WhichOneof("Type")
        if kind == "imageType":
            image = f.type.imageType
            return [f.name, f"IMAGE({image.ColorSpace.Name(image.colorSpace)})", [image.height, image.width]]
        if kind == "multiArrayType":
            return [f.name, *self.array(f.type.multiArrayType)]
        return [f.name, kind.removesuffix("Type").upper(), []]

    def value(self, facts, v):
        if v.WhichOneof("value") != "blobFileValue":
            return
        t = v.type.tensorType
        name = self.mil.DataType.Name(t.dataType)
        elements = product(d.constant.size for d in t.dimensions)
        bits = 8 if name == "BOOL" else bits_in_name(name.removeprefix("B"))
        size = (elements * bits + 7) // 8
        tensor(facts, name, elements, size)
        external(facts, v.blobFileValue.fileName.removeprefix("@model_path/"), v.blobFileValue.offset + 64 + size)

    def block(self, facts, block):
        for operation in block.operations:
            count(facts, operation.type)
            for v in operation.attributes.values():
                self.value(facts, v)
            for argument in operation.inputs.values():
                for binding in argument.arguments:
                    if binding.WhichOneof("binding") == "value":
                        self.value(facts, binding.value)
            for inner in operation.blocks:
                self.block(facts, inner)

    def facts(self, path):
        model = self.proto.Model.FromString(open(path, "rb").read())
        facts = tally()
        facts["version"] = str(model.specificationVersion)
        facts["modelType"] = model.WhichOneof("Type")
        description = model.description
        facts["inputs"] = [self.feature(f) for f in description.input]
        facts["outputs"] = [self.feature(f) for f in description.output]
        programs = [model] if facts["modelType"] == "mlProgram" else []
        for name in ("pipeline", "pipelineClassifier", "pipelineRegressor"):
            if facts["modelType"] == name:
                pipeline = getattr(model, name)
                pipeline = pipeline if name == "pipeline" else pipeline.pipeline
                programs += [m for m in pipeline.models if m.WhichOneof("Type") == "mlProgram"]
        for program in programs:
            for function in program.mlProgram.functions.values():
                opset = re.match(r"(.*?)(\d+)$", function.opset)
                row = [opset[1], int(opset[2])]
                if row not in facts["opsets"]:
                    facts["opsets"].append(row)
                for block in function.block_specializations.values():
                    self.block(facts, block)
        return facts

    def make(self, folder):
        import numpy
        from coremltools.converters.mil import Builder as mb
        from coremltools.proto import FeatureTypes_pb2

        shape = (1, 64)
        program = None

        @mb.program(input_specs=[mb.TensorSpec(shape=shape)], opset_version=self.ct.target.iOS16)
        def program(x):
            x = mb.linear(x=x, weight=numpy.random.rand(128, 64).astype(numpy.float32))
            x = mb.relu(x=x)
            return mb.cond(
                pred=mb.greater(x=mb.reduce_sum(x=x, axes=[0, 1], keep_dims=False), y=0.0),
                _true_fn=lambda: mb.identity(x=x), _false_fn=lambda: mb.exp(x=x))

        model = self.ct.convert(program, convert_to="mlprogram", minimum_deployment_target=self.ct.target.iOS16)
        model.author, model.user_defined_metadata["k"] = "agreement", "v"
        self.save(model, folder, "program.mlpackage")
        import coremltools.optimize.coreml as cto

        config = cto.OptimizationConfig(global_config=cto.OpPalettizerConfig(mode="uniform", nbits=4, weight_threshold=0))
        self.save(cto.palettize_weights(model, config), folder, "palettized.mlpackage")
        spec = self.ct.convert(program, convert_to="neuralnetwork").get_spec()
        open(os.path.join(folder, "network.mlmodel"), "wb").write(spec.SerializeToString())
        pipeline = self.proto.Model(specificationVersion=6)
        image = pipeline.description.input.add(name="image").type.imageType
        image.width, image.height, image.colorSpace = 224, 112, FeatureTypes_pb2.ImageFeatureType.RGB
        pipeline.description.output.add(name="label").type.stringType.SetInParent()
        for _ in range(2):
            pipeline.pipelineClassifier.pipeline.models.add().CopyFrom(model.get_spec())
        open(os.path.join(folder, "pipeline.mlmodel"), "wb").write(pipeline.SerializeToString())

    def save(self, model, folder, name):
        model.save(os.path.join(folder, name))


# --- OpenVINO


class Openvino:
    def __init__(self):
        import openvino

        self.ov = openvino

    def operators(self, facts, model):
        # As the writer of IR spells them.
        names = {"Constant": "Const", "Relu": "ReLU", "Softmax": "SoftMax"}
        for op in model.get_ops():
            name = op.get_type_name()
            info = op.get_type_info()
            version = info.version_id or ""
            name = names.get(name, name)
            count(facts, name if version.startswith("opset") else f"{version}.{name}")
            # Bodies of loops and conditions are not counted by get_ops.
            for getter in ("get_function",):
                if name in ("If", "Loop", "TensorIterator"):
                    bodies = [0, 1] if name == "If" else [None]
                    for body in bodies:
                        inner = op.get_function() if body is None else op.get_function(body)
                        self.operators(facts, inner)

    def shape(self, partial):
        if partial.rank.is_dynamic:
            return None
        def one(d):
            if d.is_static:
                return d.get_length()
            return "" if str(d) == "?" else str(d)
        return [one(d) for d in partial]

    def facts(self, path):
        from xml.etree import ElementTree

        model = self.ov.Core().read_model(path)
        facts = tally()
        self.operators(facts, model)
        root = ElementTree.parse(path).getroot()
        facts["version"] = root.get("version")
        seen = set()
        for layer in root.iter("layer"):
            data = layer.find("data")
            if layer.get("type") == "Const" and data.get("offset") not in seen:
                seen.add(data.get("offset"))
                dims = [int(d) for d in data.get("shape").split(",") if d]
                tensor(facts, data.get("element_type"), product(dims), int(data.get("size")))
                external(facts, "*.bin", int(data.get("offset")) + int(data.get("size")))
        facts["inputs"] = [
            [p.get_friendly_name(), p.get_element_type().get_type_name(), self.shape(p.get_partial_shape())]
            for p in model.get_parameters()]
        facts["binBytes"] = os.path.getsize(path[:-3] + "bin")
        facts["outputCount"] = len(model.outputs)
        return facts

    def make(self, folder):
        import numpy
        from openvino import opset13 as ops

        ov = self.ov
        x = ops.parameter([ov.Dimension(-1), ov.Dimension(1, 8), 64], numpy.float32, name="x")
        w = ops.constant(numpy.random.rand(64, 32).astype(numpy.float32))
        shared = ops.constant(numpy.ones(32, numpy.float32))
        y = ops.relu(ops.add(ops.add(ops.matmul(x, w, False, False), shared), shared))
        u4 = ops.constant(ov.Tensor(numpy.zeros(12, numpy.uint8), ov.Shape([3, 8]), ov.Type.u4))
        z = ops.convert(u4, "f32")
        model = ov.Model([ops.result(y, name="y"), ops.result(z, name="z")], [x], "agreement <&> \"quoted\"")
        model.set_rt_info("int4_sym", ["nncf", "weight_compression", "mode"])
        model.set_rt_info(128, ["nncf", "weight_compression", "group_size"])
        ov.save_model(model, os.path.join(folder, "openvino_model.xml"), compress_to_fp16=False)
        for name in ("bodies.onnx", "cases/test_loop11.onnx"):
            path = os.path.join(folder, name)
            if os.path.exists(path):
                try:
                    ov.save_model(ov.convert_model(path), os.path.join(folder, os.path.basename(name)[:-5] + ".xml"))
                except Exception:
                    pass


KINDS = {".onnx": Onnx, ".tflite": Tflite, ".litertlm": Litertlm, ".mlmodel": Coreml, ".xml": Openvino}


def owners():
    """The libraries that are there."""
    found = {}
    for ending, kind in KINDS.items():
        try:
            found[ending] = kind()
        except ImportError as error:
            print(f"left out: {ending} ({error})", file=sys.stderr)
    return found


def main(command, folder):
    known = owners()
    if command == "make":
        for owner in known.values():
            owner.make(folder)
        return
    told = {}
    for where, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            owner = known.get(os.path.splitext(name)[1])
            path = os.path.join(where, name)
            if owner:
                told[os.path.relpath(path, folder)] = owner.facts(path)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
