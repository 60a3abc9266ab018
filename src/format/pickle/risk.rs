//! How dangerous an import is.
//!
//! Safe is what `torch.load(weights_only=True)` allows without being told to (torch 2.15
//! `torch/_weights_only_unpickler.py`, `_get_allowed_globals`), what TorchScript writes (`torch/jit/_pickle.py`), and
//! what NumPy makes arrays with. Dangerous is what is known to run code, to read or write files, or to reach the
//! network: what picklescan 1.0.4, fickling 0.1.12 and modelscan 0.8.8 list, and the reports on their gaps. All else is
//! suspicious: to import a module runs it, and nobody has looked at every one.

use super::dtype::Dtype;
use crate::model::file_facts::ImportRisk;

/// What makes tensors and containers, beside storages, tensor classes and dtypes.
const SAFE: &str = "collections.OrderedDict collections.Counter _codecs.encode builtins.bytearray builtins.complex \
    builtins.set torch.Size torch.Tensor torch.device torch.nn.parameter.Parameter \
    torch.serialization._get_layout torch.storage.TypedStorage torch.storage.UntypedStorage \
    torch._tensor._rebuild_from_type_v2 torch._utils._rebuild_device_tensor_from_cpu_tensor \
    torch._utils._rebuild_device_tensor_from_numpy torch._utils._rebuild_meta_tensor_no_storage \
    torch._utils._rebuild_parameter torch._utils._rebuild_parameter_with_state torch._utils._rebuild_qtensor \
    torch._utils._rebuild_sparse_tensor torch._utils._rebuild_tensor torch._utils._rebuild_tensor_v2 \
    torch._utils._rebuild_tensor_v3 torch._utils._rebuild_wrapper_subclass torch.per_channel_affine \
    torch.per_channel_affine_float_qparams torch.per_channel_symmetric torch.per_tensor_affine \
    torch.per_tensor_symmetric torch.jit._pickle.build_intlist torch.jit._pickle.build_tensorlist \
    torch.jit._pickle.build_doublelist torch.jit._pickle.build_boollist torch.jit._pickle.build_tensor_from_id \
    torch.jit._pickle.restore_type_tag numpy.ndarray numpy.dtype numpy.core.multiarray._reconstruct \
    numpy._core.multiarray._reconstruct numpy.core.multiarray.scalar numpy._core.multiarray.scalar \
    numpy.core.numeric._frombuffer numpy._core.numeric._frombuffer";

/// Modules of which nothing is harmless, with all that is in them, and single functions. Python's own modules
/// that start with an underscore need no row.
const DANGEROUS: &str = "os posix nt ntpath.os posixpath.os sys subprocess commands popen2 pty tty runpy code codeop \
    imp importlib zipimport pkgutil marshal pickle cPickle cloudpickle dill joblib shelve copyreg.pickle pdb bdb \
    cProfile profile trace tracemalloc timeit doctest unittest test pydoc idlelib lib2to3 ensurepip venv pip \
    setuptools pkg_resources distutils site sitecustomize ctypes cffi mmap multiprocessing threading signal atexit gc \
    inspect socket ssl socketserver select selectors asyncio aiohttp requests httpx http httplib urllib urllib2 \
    urllib3 ftplib smtplib poplib imaplib nntplib telnetlib xmlrpc wsgiref webbrowser antigravity shutil tempfile \
    glob fileinput filecmp linecache tarfile zipfile gzip bz2 lzma sqlite3 dbm syslog platform pexpect paramiko \
    compileall py_compile concurrent sched cgi cgitb turtle tkinter rlcompleter readline faulthandler resource \
    builtins.apply builtins.breakpoint builtins.compile builtins.delattr builtins.eval builtins.exec \
    builtins.execfile builtins.file builtins.getattr builtins.globals builtins.help builtins.input builtins.locals \
    builtins.open builtins.raw_input builtins.reload builtins.setattr builtins.vars io.open io.open_code io.FileIO \
    codecs.open logging.FileHandler logging.config logging.handlers operator.attrgetter operator.itemgetter \
    operator.methodcaller operator.call functools.partial functools.partialmethod functools.reduce types.CodeType \
    types.FunctionType types.LambdaType types.MethodType types.ModuleType uuid._get_command_stdout uuid._popen \
    difflib.FileCookieJar torch.load torch.save torch.compile torch.hub torch.jit torch.package torch.export \
    torch.from_file torch.serialization torch.storage._load_from_bytes torch._dynamo torch._inductor torch.fx \
    torch.multiprocessing torch.distributed torch.ops torch.classes torch.testing torch.utils._config_module \
    torch.utils.bottleneck torch.utils.collect_env torch.utils.cpp_extension torch.utils.data.datapipes \
    torch.utils.model_zoo torch.utils.show_pickle torch.utils.hipify torch.utils.tensorboard torch.onnx numpy.load \
    numpy.save numpy.savez numpy.loadtxt numpy.savetxt numpy.genfromtxt numpy.fromfile numpy.memmap numpy.f2py \
    numpy.testing numpy.distutils numpy.ctypeslib numpy.lib.npyio numpy.lib._npyio_impl numpy.DataSource \
    pandas.read_pickle pandas.eval pandas.io pandas.core.computation scipy.io scipy.weave numexpr.evaluate \
    numexpr.necompiler keras.models.load_model keras.saving keras.utils.get_file keras.layers.Lambda keras.layers.TFSMLayer \
    keras.src.saving keras.src.utils.file_utils keras.src.layers.core.lambda_layer tensorflow.io tensorflow.keras \
    tensorflow.py_function tensorflow.saved_model tensorflow.load_op_library tensorflow.raw_ops yaml jinja2 sympy \
    IPython nltk.data.load transformers.dynamic_module_utils transformers.pipeline huggingface_hub cupy.RawKernel";

/// Modules that are as dangerous where another one has imported them: `torch.serialization.os.system`.
const ANYWHERE: &str =
    "os posix nt sys subprocess builtins __builtins__ importlib ctypes socket runpy shutil";

/// How dangerous it is to import a name, with its module: `os.system`. A part that a pickle computes is a `?`.
pub(crate) fn risk(import: &str) -> ImportRisk {
    // What Python 2 called otherwise, and Python 3 still finds (CPython 3.14 `Lib/_compat_pickle.py`).
    let renamed = import.strip_prefix("__builtin__.").map(|name| "builtins.".to_owned() + name);
    let import = renamed.as_deref().unwrap_or(import);
    if is_listed(SAFE, import.as_bytes(), false)
        || import.strip_prefix("torch.").is_some_and(is_tensor_type)
    {
        ImportRisk::Safe
    } else if is_dangerous(import.as_bytes()) {
        ImportRisk::Dangerous
    } else {
        ImportRisk::Suspicious
    }
}

/// Whether a name stands in a list; with what is inside modules, also where the module does.
fn is_listed(list: &str, name: &[u8], inside: bool) -> bool {
    let mut rows = list.as_bytes().split(|&sign| sign == b' ');
    rows.any(|row| match name.strip_prefix(row) {
        Some([]) => true,
        Some([b'.', ..]) => inside,
        _ => false,
    })
}

/// `float16`, `HalfStorage`, `cuda.HalfStorage`, `cuda.sparse.HalfTensor`.
fn is_tensor_type(name: &str) -> bool {
    let class = name.strip_prefix("cuda.").unwrap_or(name);
    let kind = class.strip_suffix("Storage").or_else(|| {
        let kind = class.strip_suffix("Tensor")?;
        Some(kind.strip_prefix("sparse.").unwrap_or(kind))
    });
    if let Some(kind) = kind {
        return Dtype::of_storage(kind).is_some();
    }
    let shell = name.strip_prefix('u').unwrap_or(name).strip_prefix("int");
    Dtype::of_torch(name).is_some()
        || shell.is_some_and(|bits| matches!(bits.as_bytes(), [b'1'..=b'7']))
}

fn is_dangerous(import: &[u8]) -> bool {
    let mut parts = import.split(|&sign| sign == b'.');
    let first = parts.next().unwrap_or_default();
    let private = first.starts_with(b"_") && !matches!(first, b"__main__" | b"__torch__");
    let reached = |part: &[u8]| {
        is_listed(ANYWHERE, part, false) || part.starts_with(b"__") && part.ends_with(b"__")
    };
    private || import.contains(&b'?') || is_listed(DANGEROUS, import, true) || parts.any(reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_what_is_in_them() {
        for name in [
            "os.system",
            "__builtin__.eval",
            "asyncio.unix_events.x",
            "torch.nn.os.system",
            "_io.FileIO",
        ] {
            assert_eq!(risk(name), ImportRisk::Dangerous, "{name}");
        }
        for name in [
            "osmium.x",
            "torchvision.os_",
            "__main__.Net",
            "builtins.list",
            "torch.FooStorage",
            "torch.int8x",
        ] {
            assert_eq!(risk(name), ImportRisk::Suspicious, "{name}");
        }
        for name in [
            "torch.HalfStorage",
            "torch.cuda.sparse.HalfTensor",
            "torch.uint7",
            "torch.int64",
            "__builtin__.set",
        ] {
            assert_eq!(risk(name), ImportRisk::Safe, "{name}");
        }
    }
}
