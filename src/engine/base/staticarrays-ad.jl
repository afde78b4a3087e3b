# Derivatives by static arrays: what the packages give for them is static too.
module StaticArrays
import ..ForwardDiff
import ..DiffResults
import ..EnzymeSugar
import ..DifferentiationInterface
import ..EnzymeTupleArrays: TupleArray

"The `j`-th unit array in the shape of `x`."
unit(x::StaticArray{S,T}, j) where {S,T} = setindex(zero(x), one(T), j)
"The directions that span arrays of a shape."
units(x::StaticArray{S}) where {S} = __ntuple_with(unit, x, Val(product(S)))
"`by` of each direction. Few are written out one after the other."
each_unit(by, x::StaticArray{S}) where {S} = each_unit(by, x, Val(product(S) <= 16))
each_unit(by, x, ::Val{true}) = __tuple_map(by, units(x))
each_unit(by, x::StaticArray{S}, ::Val{false}) where {S} = elements([by(unit(x, j)) for j in 1:length(x)], Val(product(S)))

# ForwardDiff. A function that gives no static array has a Matrix for a jacobian.
ForwardDiff.direction(x::StaticArray, j) = unit(x, j)
ForwardDiff.direction(x::MArray, j) = MArray(unit(SArray(x), j))
ForwardDiff.floating(x::StaticArray) = float(x)
function ForwardDiff.gradient(f, x::StaticArray, cfg::ForwardDiff.MaybeConfig = nothing, check = nothing)
    ForwardDiff.checked(cfg, check, f, x)
    at = float(x)
    y = on_all(f, at, cfg)
    y === nothing || return like(at, each_partial(ForwardDiff.tag_of(cfg, f, at), ForwardDiff.scalar(y), at))
    like(at, each_unit(dx -> ForwardDiff.scalar(ForwardDiff.pushforward(f, at, dx)), at))
end
function ForwardDiff.jacobian(f, x::StaticArray, cfg::ForwardDiff.MaybeConfig = nothing, check = nothing)
    ForwardDiff.checked(cfg, check, f, x)
    at = float(x)
    y = on_all(f, at, cfg)
    y === nothing || return beside_columns(columns_in(ForwardDiff.tag_of(cfg, f, at), ForwardDiff.array(y), at))
    beside_columns(each_unit(dx -> ForwardDiff.array(ForwardDiff.pushforward(f, at, dx)), at))
end
# Programs that can tell have the function called once, with all directions at once.
on_all(f, x::StaticArray{S}, cfg) where {S} = ForwardDiff.names_duals() && ForwardDiff.chunks_fit(f, x) ? on_seeded(f, x, seeded(ForwardDiff.tag_of(cfg, f, x), x, Val(product(S)))) : nothing
function on_seeded(f, x, duals)
    ForwardDiff.returns(f, x, duals) || return nothing
    y = ForwardDiff.called_on_duals(f, duals)
    y isa ForwardDiff.NotOnDuals ? nothing : y
end
function seeded(::Type{T}, x::StaticArray{S,V}, n::Val{N}) where {T,S,V,N}
    seeds = ForwardDiff.construct_seeds(ForwardDiff.Partials{N,V})
    like(x, __ntuple_with((_, k) -> ForwardDiff.Dual{T,V,N}(x[k], seeds[k]), nothing, n))
end
each_partial(::Type{T}, y, x::StaticArray{S}) where {T,S} = __ntuple_with((d, k) -> ForwardDiff.partials(T, d, k), y, Val(product(S)))
columns_in(::Type{T}, y, x::StaticArray{S}) where {T,S} = __ntuple_with((d, k) -> map(v -> ForwardDiff.partials(T, v, k), d), y, Val(product(S)))
beside_columns(cols::Tuple) = columns_of(cols[1], cols)
columns_of(y::StaticArray, cols) = sized(Val((length(y), __tuple_length(cols))), __tuple_flatten(__tuple_map(Tuple, cols)))
columns_of(y, cols) = hcat(map(vec, cols)...)
ForwardDiff.dual(::Type{T}, x::StaticArray, dx) where {T} = map((y, dy) -> ForwardDiff.Dual{T}(y, dy), x, dx)

# DiffResults: of static arrays they are made anew.
DiffResults.DiffResult(value::Number, derivs::Tuple{SArray,Vararg{SArray}}) = DiffResults.ImmutableDiffResult(value, derivs)
DiffResults.DiffResult(value::SArray, derivs::Tuple{SArray,Vararg{SArray}}) = DiffResults.ImmutableDiffResult(value, derivs)
DiffResults.put(old::SArray, new::AbstractArray) = convert(typeof(old), new)
DiffResults.GradientResult(x::SArray) = DiffResults.DiffResult(first(float(x)), float(x))
DiffResults.HessianResult(x::SVector) = DiffResults.DiffResult(first(float(x)), float(x), zero(float(x)) * zero(float(x))')
DiffResults.JacobianResult(y::SVector, x::SVector) = DiffResults.DiffResult(float(y), zero(float(y)) * zero(float(x))')

# Enzyme.
EnzymeSugar.direction(x::StaticArray, j) = unit(x, j)
EnzymeSugar.shape_columns(columns, y::StaticArray, x::StaticArray) =
    sized(Val((size(y)..., size(x)...)), elements(columns, Val(length(y) * length(x))))
EnzymeSugar.shape_columns(columns, y::AbstractArray, x::StaticArray) = reshape(columns, size(y)..., size(x)...)
EnzymeSugar.shape_columns(columns, y, x::StaticArray) = like(x, elements(columns, Val(length(x))))
EnzymeSugar.seeded(shadow, value::StaticArray, i) = unit(value, i)
EnzymeSugar.seeded(shadow, value::MArray, i) = (EnzymeSugar.seed!(shadow, i); nothing)
EnzymeSugar.onehot(x::StaticArray) = units(x)

# DifferentiationInterface.
DifferentiationInterface.alike(x::SArray{S}, dx::AbstractArray) where {S} = like(x, elements(dx, Val(product(S))))
DifferentiationInterface.gathered(x::StaticArray{S}, sensitivity) where {S} = like(x, __ntuple_with((by, j) -> by(j), sensitivity, Val(product(S))))
end
