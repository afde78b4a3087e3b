# ForwardDiff's functions and shapes over forward mode.
module ForwardDiff

public derivative, derivative!, gradient, gradient!, jacobian, jacobian!, hessian, hessian!, DerivativeConfig, GradientConfig, JacobianConfig, HessianConfig,
    Chunk, Tag, Dual, Partials, value, partials, npartials, valtype, tagtype, checktag, InvalidTagException, DualMismatchError, seed!, construct_seeds,
    single_seed, chunksize, pickchunksize
import ..DiffResults
import ..DiffResults: DiffResult
import ..LinearAlgebra: Diagonal, UpperTriangular, LowerTriangular, diagind

"Names one differentiation of a function."
struct Tag{F,V} end
Tag(f::F, ::Type{V}) where {F,V} = Tag{F,V}()
Tag(::Nothing, ::Type{V}) where {V} = nothing

const DEFAULT_CHUNK_THRESHOLD = 12
"Sizes of chunks and preallocated configurations are accepted and not needed."
struct Chunk{N} end
Chunk(n::Integer, threshold::Integer = 12) = Chunk{pickchunksize(n, threshold)}()
Chunk(x::AbstractArray, threshold::Integer = 12) = Chunk(length(x), threshold)
"May numbers of this type be the values of a dual number?"
can_dual(::Type{<:Real}) = true
can_dual(::Type) = false
abstract type AbstractConfig{N} end
struct GradientConfig{T,V,N,D} <: AbstractConfig{N}
    duals::D
end
struct JacobianConfig{T,V,N,D} <: AbstractConfig{N}
    duals::D
end
struct HessianConfig{T,V,N,G,J} <: AbstractConfig{N}
    jacobian_config::J
    gradient_config::G
end
struct DerivativeConfig{T,V,D} <: AbstractConfig{1}
    duals::D
end
"Room for dual numbers in the shape of an array."
room(::Type{T}, x::AbstractArray, ::Chunk{N}) where {T,N} = similar(x, Dual{T,eltype(x),N})
function GradientConfig(f, x::AbstractArray{V}, chunk::Chunk{N} = Chunk(x), tag = Tag(f, V)) where {V,N}
    duals = room(typeof(tag), x, chunk)
    GradientConfig{typeof(tag),V,N,typeof(duals)}(duals)
end
function JacobianConfig(f, x::AbstractArray{V}, chunk::Chunk{N} = Chunk(x), tag = Tag(f, V)) where {V,N}
    duals = room(typeof(tag), x, chunk)
    JacobianConfig{typeof(tag),V,N,typeof(duals)}(duals)
end
function JacobianConfig(f!, y::AbstractArray, x::AbstractArray{V}, chunk::Chunk{N} = Chunk(x), tag = Tag(f!, V)) where {V,N}
    duals = (room(typeof(tag), y, chunk), room(typeof(tag), x, chunk))
    JacobianConfig{typeof(tag),V,N,typeof(duals)}(duals)
end
function HessianConfig(f, x::AbstractArray{V}, chunk::Chunk{N} = Chunk(x), tag = Tag(f, V)) where {V,N}
    jac = JacobianConfig(f, x, chunk, tag)
    grad = GradientConfig(f, jac.duals, chunk, tag)
    HessianConfig{typeof(tag),V,N,typeof(grad),typeof(jac)}(jac, grad)
end
HessianConfig(f, result::DiffResult, x::AbstractArray, chunk::Chunk = Chunk(x), tag = Tag(f, eltype(x))) = HessianConfig(f, x, chunk, tag)
function DerivativeConfig(f!, y::AbstractArray, x, tag = Tag(f!, typeof(x)))
    duals = room(typeof(tag), y, Chunk{1}())
    DerivativeConfig{typeof(tag),typeof(x),typeof(duals)}(duals)
end
"The unit vectors are made when they are asked for."
Base.getproperty(cfg::Union{GradientConfig{T,V,N},JacobianConfig{T,V,N}}, name::Symbol) where {T,V,N} =
    name === :seeds ? construct_seeds(Partials{N,V}) : getfield(cfg, name)
chunksize(::Chunk{N}) where {N} = N
chunksize(::AbstractConfig{N}) where {N} = N
pickchunksize(n::Integer, threshold::Integer = 12) = n <= threshold ? n : cld(n, cld(n, threshold))
"Thrown when a configuration was made for another function or another type of numbers."
struct InvalidTagException{E,O} <: Exception end
Base.showerror(io::IO, ::InvalidTagException{E,O}) where {E,O} = print(io, "Invalid Tag object:\n  Expected ", E, ",\n  Observed ", O, ".")
"Fails unless the tag of a configuration is that of the function and its argument; tags that programs make are not checked."
checktag(::Type{Tag{F,V}}, f::F, x::AbstractArray{V}) where {F,V} = true
checktag(::Type{Tag{G,W}}, f::F, x::AbstractArray{V}) where {G,W,F,V} = throw(InvalidTagException{Tag{F,V},Tag{G,W}}())
checktag(::Type{Tag{F,V}}, f::F, x::V) where {F,V<:Real} = true
checktag(::Type{Tag{G,W}}, f::F, x::V) where {G,W,F,V<:Real} = throw(InvalidTagException{Tag{F,V},Tag{G,W}}())
# A configuration for several functions is for those that the tag does not name.
checktag(::Type{Tag{G,W}}, f::F, x::AbstractArray{V}) where {G<:Tuple,W,F,V} = true
checktag(tag, f, x) = true
checked(::Nothing, check, f, x) = nothing
checked(cfg::AbstractConfig, ::Val{false}, f, x) = nothing
checked(cfg::AbstractConfig, check, f, x) = agreed(cfg, f, x)
agreed(::Union{GradientConfig{T},JacobianConfig{T},HessianConfig{T},DerivativeConfig{T}}, f, x) where {T} = (checktag(T, f, x); nothing)
"What the functions below take as configuration."
const MaybeConfig = Union{Nothing,AbstractConfig}

# ForwardDiff knows of no rules of programs.
const FLAGS = Val((true, false, false, false, :library))
"The tangent of `f(x)` in the direction `dx`; zero where the result cannot move."
function pushforward(f, x, dx)
    names_duals() && takes_duals(f, x, dx) ? on_duals(f, x, dx) : plain_pushforward(f, x, dx)
end
function plain_pushforward(f, x, dx)
    value, tangent = __forward((f, x), (own_shadow(f), dx), FLAGS)
    moved(tangent)
end

"A shadow for what a function holds and may give values that move: variables that it captures and assigns, and memory that is made for that. Nothing if it has none."
own_shadow(f) = holds_room(typeof(f)) ? __zero_shadow(f) : assigned_shadow(f)
assigned_shadow(f) = nothing
assigned_shadow(f::Function) = __holds_assigned(typeof(f)) ? __zero_shadow(f) : nothing
"Is memory of such a type there to keep what moves, and is there such memory in a value of a type?"
is_room(::Type) = false
holds_room(::Type{T}) where {T} = holds_room(T, Val(3))
holds_room(::Type{T}, ::Val{k}) where {T,k} = is_room(T) || (k > 0 && isconcretetype(T) && isstructtype(T) && any_room(Val(k - 1), fieldtypes(T)...))
any_room(::Val) = false
any_room(k::Val, T, rest...) = holds_room(T, k) || any_room(k, rest...)
moved(tangent) = tangent
moved(tangent::Integer) = zero(tangent)
moved(tangent::AbstractArray{<:Integer}) = zero(tangent)

"The indices of what can move in an array: all, or what a structured matrix stores."
structural_eachindex(x::AbstractArray) = 1:length(x)
structural_eachindex(x::Diagonal) = diagind(x)
structural_eachindex(x::Union{UpperTriangular,LowerTriangular}) =
    [i + (j - 1) * size(x, 1) for j in 1:size(x, 2) for i in 1:size(x, 1) if (x isa UpperTriangular ? i <= j : i >= j)]
structural_length(x::AbstractArray) = length(structural_eachindex(x))
"The unit vector of index j in the shape of `x`."
function direction(x, j)
    dx = zero(x)
    dx[j] = one(eltype(x))
    dx
end

"Floats stay; integers become floats, as they cannot carry a tangent."
floating(x) = float(x)
floating(x::AbstractArray) = copyto!(similar(x, float(eltype(x))), x)

"Fails in ForwardDiff's words when the result of `f` has the wrong form."
scalar(y::Real) = y
scalar(y) = throw(DimensionMismatch("gradient(f, x) expects that f(x) is a real number. Perhaps you meant jacobian(f, x)?"))
array(y::AbstractArray) = y
array(y) = throw(DimensionMismatch("jacobian(f, x) expects that f(x) is an array. Perhaps you meant gradient(f, x)?"))

"Fails with what the package does for a function that has a method for floats only."
check_method(f, x) = nothing
check_method(f, x::Union{Float64,Float32}) = hasmethod(f, Tuple{Dual{Tag{typeof(f),typeof(x)},typeof(x),1}}) ? nothing : takes_no_dual(f, x)
check_method(f, x::Array{T,N}) where {T<:Union{Float64,Float32},N} = hasmethod(f, Tuple{Array{Dual{Tag{typeof(f),T},T,1},N}}) ? nothing : takes_no_dual(f, x)
function takes_no_dual(f, x)
    # What has no method for the number either is told so when it is called.
    hasmethod(f, Tuple{typeof(x)}) || return nothing
    throw(MethodError(f, (dual(Tag{typeof(f),eltype(x)}, x, one_direction(x)),)))
end
one_direction(x::Real) = one(x)
one_direction(x::AbstractArray) = zero(x)

# ---- derivative

"The derivative of `f` at a number; an array if `f(x)` is one."
derivative(f, x::Real) = (check_method(f, x); pushforward(f, floating(x), one(floating(x))))
derivative(f, x::AbstractArray) = throw(DimensionMismatch("derivative(f, x) expects that x is a real number. Perhaps you meant gradient(f, x)?"))

"The derivative of `f!(y, x)`, which fills `y`."
function derivative(f!, y::AbstractArray, x::Real, cfg::MaybeConfig = nothing, check = nothing)
    checked(cfg, check, f!, x)
    filled(f!, y, floating(x), one(floating(x)))
end
"The tangent of what `f!(y, x)` leaves in `y`."
function filled(f!, y, x, dx)
    names_duals() && fills_duals(f!, y, x) ? filled_on_duals(f!, y, x, dx) : plainly_filled(f!, y, x, dx)
end
function plainly_filled(f!, y, x, dx)
    dy = zero(y)
    __forward((f!, y, x), (own_shadow(f!), dy, dx), FLAGS)
    dy
end

"The derivative written into `result`."
function derivative!(result::AbstractArray, f, x::Real, cfg::MaybeConfig = nothing)
    dy = derivative(f, x)
    for i in 1:length(result)
        result[i] = dy[i]
    end
    result
end
function derivative!(result::AbstractArray, f!, y::AbstractArray, x::Real, cfg::MaybeConfig = nothing, check = nothing)
    dy = derivative(f!, y, x)
    for i in 1:length(result)
        result[i] = dy[i]
    end
    result
end

# ---- gradient

"The gradient of a scalar function of an array, in the shape of the array."
function gradient(f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    checked(cfg, check, f, x)
    check_method(f, x)
    at = floating(x)
    isempty(at) && return similar(at)
    by_chunks = in_chunks(gradient_by_chunks, f, at, cfg)
    by_chunks === nothing || return by_chunks[2]
    inputs = structural_eachindex(at)
    first_one = scalar(pushforward(f, at, direction(at, inputs[1])))
    # What a function gives may be dual numbers of an outer differentiation.
    result = similar(at, promote_type(eltype(at), typeof(first_one)))
    result[inputs[1]] = first_one
    for k in 2:length(inputs)
        result[inputs[k]] = scalar(pushforward(f, at, direction(at, inputs[k])))
    end
    result
end
gradient(f, x::Real) = throw(DimensionMismatch("gradient(f, x) expects that x is an array. Perhaps you meant derivative(f, x)?"))

"The gradient written into `result`."
function gradient!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    checked(cfg, check, f, x)
    at = floating(x)
    by_chunks = in_chunks(gradient_by_chunks, f, at, cfg)
    by_chunks === nothing || return copy_inputs!(result, by_chunks[2], at)
    for j in structural_eachindex(at)
        result[j] = scalar(pushforward(f, at, direction(at, j)))
    end
    result
end

copy_inputs!(result, found, at) = (foreach(j -> result[j] = found[j], structural_eachindex(at)); result)

# ---- jacobian

"The derivatives of every element of `f(x)` (rows) by every element of `x` (columns)."
function jacobian(f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    checked(cfg, check, f, x)
    check_method(f, x)
    at = floating(x)
    isempty(at) && return zeros(length(f(at)), 0)
    by_chunks = in_chunks(jacobian_by_chunks, f, at, cfg)
    by_chunks === nothing || return by_chunks[2]
    inputs = structural_eachindex(at)
    first_column = array(pushforward(f, at, direction(at, inputs[1])))
    result = Matrix{eltype(first_column)}(undef, length(first_column), length(inputs))
    set_column!(result, first_column, 1)
    for k in 2:length(inputs)
        set_column!(result, pushforward(f, at, direction(at, inputs[k])), k)
    end
    result
end
jacobian(f, x::Real) = throw(DimensionMismatch("jacobian(f, x) expects that x is an array. Perhaps you meant derivative(f, x)?"))
function set_column!(columns, y, j)
    for i in 1:length(y)
        columns[i, j] = y[i]
    end
end

"The jacobian of `f!(y, x)`, which fills `y`."
function jacobian(f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    jacobian!(zeros(eltype(y), length(y), length(x)), f!, y, x, cfg, check)
end

"The jacobian written into `result`."
function jacobian!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    columns = jacobian(f, x, cfg, check)
    for i in 1:length(columns)
        result[i] = columns[i]
    end
    result
end
function jacobian!(result::AbstractArray, f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    checked(cfg, check, f!, x)
    at = floating(x)
    by_chunks = in_chunks(filled_by_chunks, f!, y, at, cfg)
    by_chunks === nothing || return copyto!(result, by_chunks[2])
    for j in 1:length(at)
        dy = filled(f!, y, at, direction(at, j))
        for i in 1:length(y)
            result[i + (j - 1) * length(y)] = dy[i]
        end
    end
    result
end

# ---- hessian

"The second derivatives of a scalar function, forward over forward."
hessian(f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing) = (checked(cfg, check, f, x); jacobian(at -> gradient(f, at), x))
hessian(f, x::Real) = throw(DimensionMismatch("hessian(f, x) expects that x is an array. Perhaps you meant derivative(f, x)?"))

"The hessian written into `result`."
function hessian!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    checked(cfg, check, f, x)
    jacobian!(result, at -> gradient(f, at), x)
end

# ---- Into results that hold the value too

function derivative!(r::DiffResult, f, x::Real, cfg::MaybeConfig = nothing, check = nothing)
    y, dy = value_and_derivative(f, floating(x))
    DiffResults.derivative!(DiffResults.value!(r, y), dy)
end
derivative!(r::DiffResult, f!, y::AbstractArray, x::Real, cfg::MaybeConfig = nothing, check = nothing) =
    (dy = derivative(f!, y, x); DiffResults.derivative!(DiffResults.value!(r, y), dy))
"The value and the derivatives by `derive`, of the same calls where the function is called with several directions at once."
function value_and(derive, by, f, x, cfg, check)
    checked(cfg, check, f, x)
    by_chunks = isempty(x) ? nothing : in_chunks(by, f, floating(x), cfg)
    by_chunks === nothing ? (f(floating(x)), derive(f, x, cfg, check)) : by_chunks
end
function gradient!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    y, dx = value_and(gradient, gradient_by_chunks, f, x, cfg, check)
    DiffResults.gradient!(DiffResults.value!(r, y), dx)
end
function jacobian!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing)
    y, J = value_and(jacobian, jacobian_by_chunks, f, x, cfg, check)
    DiffResults.jacobian!(DiffResults.value!(r, y), J)
end
jacobian!(r::DiffResult, f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing) =
    (J = jacobian(f!, y, x, cfg, check); DiffResults.jacobian!(DiffResults.value!(r, y), J))
hessian!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing, check = nothing) =
    (checked(cfg, check, f, x); DiffResults.hessian!(gradient!(r, f, x), hessian(f, x)))

end
