# Pullbacks run their function once: what it did, random draws and all, is what its adjoint belongs to.

module Zygote

"The value, and the function from its adjoint to the adjoints of the arguments."
function pullback(f, args...)
    at = floated_for(f, args)
    at === args ? recorded(f, at, Base.__return_type(f, map(typeof, at)...)) : run_again(f, args, at)
end
run_again(f, args, at) = (f(args...), seed -> adjoints_at(f, at, seed))
adjoints_at(f, at, seed) = value_and_gradient(ScalarOutput(DifferentiationInterface.Paired(f, seed)), at)[2]
recorded(f, at, ::Type{T}) where {T} = recorded_if(f, at, takes_seed(T))
recorded_if(f, at, ::Val{false}) = run_again(f, at, at)
"The record serves one seed; for another one the function runs again."
function recorded_if(f, at, ::Val{true})
    annotated = map(EnzymeSugar.annotate, at)
    owner = function_annotation(f, ForwardDiff.own_shadow(f))
    kept, y = EnzymeAutodiff.augment(owner, annotated, 1, FLAGS)
    isused = Ref(false)
    function back(seed)
        isused[] && return adjoints_at(f, at, seed)
        isused[] = true
        slots = EnzymeAutodiff.adjoint_sweep_of(owner, annotated, memoryless(y, seeded(y, kept[2], seed)), kept, 1, FLAGS)
        map(shaped, at, map(EnzymeSugar.found, annotated, slots), reaches(f, at))
    end
    (y, back)
end

"Are the places of a result of this type known, that a seed goes to: floats, arrays of them, and tuples of such and of what has no derivative?"
takes_seed(::Type) = Val(false)
takes_seed(::Type{Union{}}) = Val(false)
takes_seed(::Type{<:Union{Float64,Float32,Float16,Array{Float64},Array{Float32}}}) = Val(true)
takes_seed(::Type{T}) where {T<:Tuple} = takes_seed(Val(isconcretetype(T)), T)
takes_seed(::Type{T}) where {T<:NamedTuple} = takes_seed(Val(isconcretetype(T)), T)
takes_seed(::Val{false}, ::Type) = Val(false)
takes_seed(::Val{true}, ::Type{T}) where {T} = all_take_seed(fieldtypes(T)...)
all_take_seed() = Val(true)
all_take_seed(::Type{T}, rest...) where {T} = part_takes_seed(T) === Val(true) ? all_take_seed(rest...) : Val(false)
part_takes_seed(::Type{<:Union{Integer,AbstractString,Symbol,Nothing,AbstractArray{<:Integer}}}) = Val(true)
part_takes_seed(::Type{T}) where {T} = takes_seed(T)

"The seeds of what is a float in `y`; what is memory in it gets its own in the shadow `dy`."
seeded(y, dy, seed) = dy
seeded(y::Union{Integer,AbstractString,Symbol,Nothing}, dy, seed) = y
seeded(y::AbstractFloat, dy, seed) = oftype(y, seed)
seeded(y::AbstractFloat, dy, ::Nothing) = zero(y)
# A constant result has no memory of its own for a seed.
seeded(y::Array{<:AbstractFloat}, dy, seed) = (dy isa Array && dy !== y && (dy .+= seed); dy)
seeded(y::Array{<:AbstractFloat}, dy, ::Nothing) = dy
seeded(y::Tuple, dy, seed) = Base.__ntuple(i -> seeded(y[i], dy[i], seed[i]), Val(Base.__tuple_length(y)))
seeded(y::Tuple, dy, ::Nothing) = Base.__ntuple(i -> seeded(y[i], dy[i], nothing), Val(Base.__tuple_length(y)))
seeded(y::NamedTuple{names}, dy, ::Nothing) where {names} = NamedTuple{names}(seeded(Tuple(y), Tuple(dy), nothing))
seeded(y::NamedTuple{names}, dy, seed) where {names} = NamedTuple{names}(seeded(Tuple(y), Tuple(dy), Base.__ntuple(i -> seed_of(seed, names[i]), Val(Base.__tuple_length(Tuple(y))))))
seed_of(seed, name) = haskey(seed, name) ? seed[name] : nothing
"An array needs no other seed than its shadow."
memoryless(y, seed) = seed
memoryless(::Array, seed) = nothing

"The value and the derivatives; of a tuple, the first element is differentiated and the others come along."
function withgradient(f, args...)
    at = floated_for(f, args)
    at === args ? with_value(Base.__return_type(f, map(typeof, at)...), f, at) : with_value_apart(f(args...), f, at)
end
function with_value(::Type{<:Union{Float64,Float32,Float16}}, f, at)
    y, grad = value_and_gradient(ScalarOutput(f), at)
    (val = y, grad = grad)
end
with_value(::Type, f, at) = with_value_apart(f(at...), f, at)
with_value(::Type{T}, f, at) where {T<:Union{Tuple,NamedTuple}} = with_first(takes_seed(T), f, at)
function with_first(::Val{true}, f, at)
    y, back = pullback(f, at...)
    scalar_output(first(y))
    (val = y, grad = back(one_first(y)))
end
with_first(::Val{false}, f, at) = with_value_apart(f(at...), f, at)
one_first(y::Tuple) = Base.__ntuple(i -> i == 1 ? one(y[1]) : nothing, Val(Base.__tuple_length(y)))
one_first(y::NamedTuple{names}) where {names} = NamedTuple{names}(one_first(Tuple(y)))
with_value_apart(y, f, at) = (val = y, grad = value_and_gradient(ScalarOutput(f), at)[2])
with_value_apart(y::Union{Tuple,NamedTuple}, f, at) = (val = y, grad = value_and_gradient(ScalarOutput(first ∘ f), at)[2])

end
