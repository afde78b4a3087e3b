# What a program may ask about types, functions and modules, beyond what the compiler answers itself.

"Anything that is called like a function."
const Callable = Union{Function,Type}

"Keeps what it is given from being left out."
donotdelete(xs...) = nothing

"The name of field `i`."
fieldname(T, i::Integer) = fieldnames(T)[i]
ismutable(x) = ismutabletype(typeof(x))
isimmutable(x) = !ismutable(x)
"Is `x` plain data, without references?"
isbits(x) = isbitstype(typeof(x))

"The type of `x`; for a type, `Type{x}`."
Typeof(x) = typeof(x)
Typeof(::Type{T}) where {T} = Type{T}

"`T` and what is above it, up to `Any`."
supertypes(T::Type) = T === Any ? (Any,) : (T, supertypes(supertype(T))...)
"The types that are defined directly below `T`."
subtypes(T::Type) = Any[S for S in __subtypes(T)]

"Calls `f` through the method that is there when the call is made."
invokelatest(f, args...; kws...) = inferencebarrier(f)(args...; kws...)

"The names of a module and of those around it."
fullname(m::Module) = __is_outermost(m, parentmodule(m)) ? (nameof(m),) : (fullname(parentmodule(m))..., nameof(m))
"The packages of the library are written inside Base; in Julia they are not."
__is_outermost(m, above) = m === above || m === Base || (above === Base && !(m === Iterators || m === Broadcast))
"The type that `op` gives for arguments of these types, as far as it is known without calling it."
promote_op(op, types::Type...) = __return_type(op, types...)
return_types(f, types::Tuple) = Any[__return_type(f, types...)]
return_types(f, ::Type{T}) where {T<:Tuple} = Any[__return_type(f, fieldtypes(T)...)]
infer_return_type(f, types::Tuple) = __return_type(f, types...)
infer_return_type(f, ::Type{T}) where {T<:Tuple} = __return_type(f, fieldtypes(T)...)

"One method of a function."
struct Method
    name::Symbol
    nargs::Int64
    sig::Any
    file::Symbol
    line::Int64
    module_::Module
    text::String
    place::String
end
Method((given, name, sig, file, line, module_, text, place)::Tuple) = Method(Symbol(name), given + 1, sig, Symbol(file), line, module_, text, place)
getproperty(m::Method, name::Symbol) = getfield(m, name === :module ? :module_ : name)
show(io::IO, m::Method) = print(io, m.text, " ", m.place)
show(io::IO, ::MIME"text/plain", m::Method) = print(io, m.text, "\n     ", m.place)
"What `methods` gives: a vector that is shown as a list."
struct MethodList <: AbstractVector{Method}
    ms::Vector{Method}
    f::Any
end
size(m::MethodList) = size(m.ms)
getindex(m::MethodList, i::Int64) = m.ms[i]
function show(io::IO, m::MethodList)
    n = length(m.ms)
    print(io, "# ", n, n == 1 ? " method" : " methods", " for ", m.f isa Type ? "type constructor" : string("generic function \"", nameof(m.f), "\" from ", parentmodule(m.f)), n == 0 ? "" : ":")
    for (i, method) in enumerate(m.ms)
        print(io, "\n [", i, "] ", method.text, "\n     ", method.place)
    end
end
show(io::IO, ::MIME"text/plain", m::MethodList) = show(io, m)
"The methods of a function; those that take arguments of the types."
methods(f) = MethodList(Method[Method(m) for m in __methods(f)], f)
methods(f, types::Tuple) = methods(f, Tuple{types...})
methods(f, types::Type{<:Tuple}) = MethodList(Method[Method(m) for m in __methods(f, types)], f)
"The method that a call with arguments of the types comes to."
which(f, types::Tuple) = __which_method(__which(f, types))
which(f, types::Type{<:Tuple}) = __which_method(__which(f, types))
__which_method(found::Tuple) = Method(found)
__which_method(::Nothing) = error("no unique matching method found for the specified argument types")

"No module here comes from a package with a version."
pkgversion(m::Module) = nothing
"Has a module something under a name that only the running program knows?"
__is_defined_in(m::Module, name::Symbol) = Core.eval(m, Expr(:macrocall, Symbol("@isdefined"), LineNumberNode(0), name))::Bool
"The public names of a module."
names(m::Module) = Symbol[n for n in __module_names(m)]

"Memory is managed by the engine."
module GC
gc(full::Bool=true) = nothing
enable(on::Bool) = true
end

"What an extension of a package would be: those of this library are part of it."
get_extension(parent::Module, name::Symbol) = nothing

"The options that a program believes to be run with: those of a plain `julia`."
struct JLOptions
    opt_level::Int8
    debug_level::Int8
    check_bounds::Int8
    can_inline::Int8
    fast_math::Int8
    code_coverage::Int8
    nthreads::Int16
    isinteractive::Int8
    JLOptions() = new(2, 1, 0, 1, 0, 0, 1, 0)
end

"The machine that the program believes to run on."
baremodule Sys
const WORD_SIZE = 64
const CPU_THREADS = 1
const KERNEL = :Linux
const ARCH = :x86_64
const MACHINE = "x86_64-linux-gnu"
iswindows() = false
isapple() = false
islinux() = true
isunix() = true
isbsd() = false
end
"What all applications of a type constructor share."
struct __TypeName
    name::Symbol
    module_::Module
end
getproperty(t::__TypeName, name::Symbol) =
    name === :module ? getfield(t, :module_) : name === :wrapper ? getglobal(getfield(t, :module_), getfield(t, :name)) : getfield(t, name)
"The same by a function."
typename(T::Type) = T.name
"`T.parameters` and `T.name.name` of a type."
getproperty(T::Type, name::Symbol) =
    name === :parameters ? __parameters(T) : name === :name ? __TypeName(nameof(T), parentmodule(T)) : getfield(T, name)
