# Calls with a collection for arguments, `f(xs...)`, and reductions that join arrays.

# Joining many arrays makes one array, not one for each step.
reduce(::typeof(hcat), a::AbstractVector{<:AbstractVecOrMat}) = __join_columns(a)
reduce(::typeof(vcat), a::AbstractVector{<:AbstractVector}) = __join_vectors(a)
reduce(::typeof(vcat), a::AbstractVector{<:Matrix}) = __join_rows(a)

# `f(xs...)` with a collection of any length, for functions that take any number of arguments by folding.
"Whether `f(a, b, c)` is `f(f(a, b), c)`."
__splat_reduces(f) = false
__splat_reduces(::Union{
    typeof(+),typeof(*),typeof(max),typeof(min),typeof(vcat),typeof(hcat),typeof(string),typeof(gcd),typeof(lcm),
    typeof(&),typeof(|),typeof(xor),typeof(∘),typeof(union),typeof(intersect),typeof(promote_type)
}) = true
__splat_call(f, ::Tuple{}, itr) = __fold(identity, f, itr, __no_init)
__splat_call(f, before::Tuple, itr) = __fold(identity, f, itr, f(before...))
__splat_call(::typeof(string), ::Tuple{}, itr) = join(itr)
__splat_call(::typeof(string), before::Tuple, itr) = string(before..., join(itr))
__splat_call(::typeof(vcat), ::Tuple{}, itr) = __all_joined(vcat, __vcat_all, collect(itr))
__splat_call(::typeof(hcat), ::Tuple{}, itr) = __all_joined(hcat, __hcat_all, collect(itr))
__splat_call(::typeof(vcat), before::Tuple, itr) = (a = collect(itr); isempty(a) ? vcat(before...) : vcat(before..., __all_joined(vcat, __vcat_all, a)))
__splat_call(::typeof(hcat), before::Tuple, itr) = (a = collect(itr); isempty(a) ? hcat(before...) : hcat(before..., __all_joined(hcat, __hcat_all, a)))
"What is joined counts, not what its container may hold; `all` joins elements of one type."
function __all_joined(f, all, a::AbstractVector{T}) where {T}
    isconcretetype(T) && return all(a)
    isempty(a) && return f()
    own = __narrowed(a)
    isconcretetype(eltype(own)) ? all(own) : foldl(f, own[2:end]; init=f(own[1]))
end
__vcat_all(a) = a
__vcat_all(a::AbstractVector{<:AbstractArray}) = reduce(vcat, a)
__hcat_all(a) = reshape(a, 1, length(a))
__hcat_all(a::AbstractVector{<:AbstractArray}) = reduce(hcat, a)
"How many arguments a collection makes, also when its type is not known."
__splat_length(a) = length(a)::Int64
