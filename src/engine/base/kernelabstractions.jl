# KernelAbstractions: kernels on the CPU. The macro `@kernel` makes the code of one group; here are its state and how groups are launched.
module Adapt
export adapt
"The same data as an array of another kind; there is only one kind here."
adapt(to, x) = adapt_storage(to, x)
adapt(to) = x -> adapt(to, x)
adapt_storage(to, x) = x
adapt_storage(::Type{T}, x::AbstractArray) where {T<:AbstractArray} = convert(T, x)
adapt_structure(to, x) = x
end
module KernelAbstractions
import ..Adapt
export CPU, GPU, Backend, get_backend, allocate, synchronize
public zeros, ones, isgpu, functional, supports_float64, supports_atomics, supports_unified, unsafe_free!, device, ndevices, Kernel

abstract type Backend end
abstract type GPU <: Backend end
"The back end that runs in this process, groups one after another."
struct CPU <: Backend
    static::Bool
    CPU(; static::Bool=false) = new(static)
end
module NDIteration
abstract type _Size end
struct DynamicSize <: _Size end
struct StaticSize{S} <: _Size end
StaticSize(s::Tuple{Vararg{Int}}) = StaticSize{s}()
StaticSize(s::Int...) = StaticSize{s}()
end
import .NDIteration: DynamicSize, StaticSize

"The back end that an array belongs to."
get_backend(::Array) = CPU()
get_backend(::BitArray) = CPU()
get_backend(::AbstractRange) = CPU()
get_backend(A::AbstractArray) = parent(A) === A ? Base.__argument_error(string("no backend is known for ", typeof(A))) : get_backend(parent(A))
"Waits for all kernels; they have run already."
synchronize(::CPU) = nothing
allocate(::CPU, ::Type{T}, dims::Integer...) where {T} = Array{T}(undef, dims)
allocate(::CPU, ::Type{T}, dims::Tuple; unified::Bool=false) where {T} = Array{T}(undef, dims)
zeros(::CPU, ::Type{T}, dims::Integer...) where {T} = Base.zeros(T, dims)
zeros(::CPU, ::Type{T}, dims::Tuple) where {T} = Base.zeros(T, dims)
zeros(b::CPU, dims::Integer...) = zeros(b, Float64, dims)
ones(::CPU, ::Type{T}, dims::Integer...) where {T} = Base.ones(T, dims)
ones(::CPU, ::Type{T}, dims::Tuple) where {T} = Base.ones(T, dims)
function copyto! end
copyto!(::CPU, to, from) = (Base.copyto!(to, from); nothing)
isgpu(::CPU) = false
isgpu(::GPU) = true
functional(::CPU) = true
supports_float64(::Backend) = true
supports_atomics(::Backend) = true
supports_unified(::CPU) = true
unsafe_free!(x) = nothing
pagelock!(::CPU, x) = missing
priority!(::CPU, p::Symbol) = p in (:high, :normal, :low) ? nothing : error("priority must be one of :high, :normal, :low")
device(::CPU) = 1
ndevices(::CPU) = 1
device!(::CPU, i::Int) = i == 1 ? nothing : Base.__argument_error("Invalid device id")
Adapt.adapt_storage(::CPU, x) = x

"A function of groups with a back end, and sizes that may be fixed."
struct Kernel{B,W,N,F}
    backend::B
    f::F
end
kernel(f::F, b::B, workgroup=DynamicSize(), range=DynamicSize()) where {F,B<:Backend} = (w = size_type(workgroup); n = size_type(range); Kernel{B,typeof(w),typeof(n),F}(b, f))
kernel(f, b, sizes...) = throw(MethodError(f, (b, sizes...)))
size_type(s::NDIteration._Size) = s
size_type(n::Integer) = StaticSize{(Int(n),)}()
size_type(s::Tuple) = StaticSize{map(Int, s)}()
workgroupsize(::Kernel{B,W}) where {B,W} = W
ndrange(::Kernel{B,W,N}) where {B,W,N} = N
backend(k::Kernel) = k.backend
"The group that runs, the size of groups, and the range of all items."
struct Context{D}
    group::NTuple{D,Int64}
    groupsize::NTuple{D,Int64}
    ndrange::NTuple{D,Int64}
end
function (k::Kernel{B,W,N})(args...; ndrange=nothing, workgroupsize=nothing) where {B,W,N}
    range, group = sizes(N, W, as_size(ndrange), as_size(workgroupsize))
    for I in CartesianIndices(map(cld, range, group))
        k.f(Context(Tuple(I), group, range), args...)
    end
    nothing
end
as_size(::Nothing) = nothing
as_size(n::Integer) = (Int(n),)
as_size(s::Tuple) = map(Int, s)
as_size(s) = Base.__argument_error(string("no size: ", s))
"The range and the size of groups, from what is fixed and what the launch says."
function sizes(N, W, range, group)
    all_ = chosen("NDRange", N, range)
    all_ === nothing && cannot_partition(N, range, W, group)
    given = chosen("Workgroupsize", W, group)
    (all_, whole(given === nothing ? default_group(all_) : given, all_))
end
chosen(what, ::Type{DynamicSize}, s) = s
chosen(what, ::Type{StaticSize{S}}, ::Nothing) where {S} = S
chosen(what, ::Type{StaticSize{S}}, s) where {S} = s == S ? S : error("Static ", what, " (", StaticSize{S}, ") and dynamic ", what, " (", s, ") differ")
cannot_partition(N, range, W, group) = error("Can not partition kernel!\n\nYou created a dynamically sized kernel, but forgot to provide runtime\nparameters for the kernel. Either provide them statically if known\nor dynamically.\nNDRange(Static):  ", N,
    "\nNDRange(Dynamic): ", range, "\nWorkgroupsize(Static):  ", W, "\nWorkgroupsize(Dynamic): ", group, "\n")
"A group of fewer dimensions is of size one in the others."
function whole(group::NTuple{M,Int}, range::NTuple{D,Int}) where {M,D}
    M <= D || throw(AssertionError("length(workgroupsize) <= length(ndrange)"))
    Base.__ntuple(i -> i <= M ? group[i] : 1, Val(D))
end
"A small range is one group; else groups of 1024 items, along the first dimensions."
function default_group(range::NTuple{D,Int}) where {D}
    n = prod(range)
    n == 0 ? map(one, range) : n <= 1024 ? range : along(range, 1024)
end
along(::Tuple{}, left) = ()
along(range::Tuple, left) = left == 0 ? (1, along(Base.tail(range), 0)...) : left <= range[1] ? (left, along(Base.tail(range), 0)...) : (range[1], along(Base.tail(range), div(left, range[1]))...)

# What the code of a kernel calls.
"The items of a group that are within the range."
items(c::Context{D}) where {D} = CartesianIndices(Base.__ntuple(i -> Base.OneTo(min(c.groupsize[i], c.ndrange[i] - (c.group[i] - 1) * c.groupsize[i])), Val(D)))
ndrange(c::Context) = c.ndrange
groupsize(c::Context) = c.groupsize
index_Global_NTuple(c::Context{D}, item) where {D} = Base.__ntuple(i -> (c.group[i] - 1) * c.groupsize[i] + item[i], Val(D))
index_Global_Cartesian(c, item) = CartesianIndex(index_Global_NTuple(c, item))
index_Global_Linear(c, item) = linear(c.ndrange, index_Global_NTuple(c, item))
index_Local_NTuple(c, item) = Tuple(item)
index_Local_Cartesian(c, item) = item
index_Local_Linear(c, item) = linear(c.groupsize, Tuple(item))
index_Group_NTuple(c, item) = c.group
index_Group_Cartesian(c, item) = CartesianIndex(c.group)
index_Group_Linear(c, item) = linear(map(cld, c.ndrange, c.groupsize), c.group)
linear(sizes::Tuple{Int}, at::Tuple{Int}) = at[1]
linear(sizes::Tuple, at::Tuple) = at[1] + sizes[1] * (linear(Base.tail(sizes), Base.tail(at)) - 1)
memory(::Type{T}, dims) where {T} = Array{T}(undef, dims)
memory_of_items(c, ::Type{T}, dims) where {T} = [memory(T, dims) for _ in 1:prod(c.groupsize)]
values_of_items(c, x) = fill(x, prod(c.groupsize))
end
module Atomix
end
