# Annotated arguments: their primals, shadows and adjoints, one direction at a time.

"Stands where an argument's shadow would, for arguments whose adjoint is returned."
function __active end

module EnzymeAutodiff

"A single shadow beside its value."
const Single = Union{Duplicated,DuplicatedNoNeed}
"Several shadows beside their value."
const Batch = Union{BatchDuplicated,BatchDuplicatedNoNeed}

"The value inside an annotation."
primal(a::Annotation) = a.val

"What the derivative builtins take for the k-th shadow of an argument."
shadow(a::Const, k) = nothing
shadow(a::Active, k) = Base.__active
shadow(a::Single, k) = a.dval
shadow(a::Batch, k) = a.dval[k]
shadow(a::MixedDuplicated, k) = a.dval[]
shadow(a::BatchMixedDuplicated, k) = a.dval[k][]

"What reverse mode returns for an argument, from the adjoint the engine gives."
slot(a::Active, adjoint, k) = adjoint
slot(a::Annotation, adjoint, k) = nothing
function slot(a::MixedDuplicated, adjoint, k)
    a.dval[] = adjoint
    nothing
end
function slot(a::BatchMixedDuplicated, adjoint, k)
    a.dval[k][] = adjoint
    nothing
end
slot(a::MixedDuplicated, ::Nothing, k) = nothing
slot(a::BatchMixedDuplicated, ::Nothing, k) = nothing

"An `Active` value with references in it needs memory for its adjoint, which is what reverse mode returns for it."
with_memory(a::Annotation) = a
with_memory(a::Active{T}) where {T} = with_memory(a, activity(T))
with_memory(a::Active, ::Val) = a
with_memory(a::Active, ::Val{2}) = Duplicated(a.val, make_zero(a.val))
with_memory(a::Active, ::Val{3}) = MixedDuplicated(a.val, Ref(make_zero(a.val)))
from_memory(::Annotation, ::Annotation, slot) = slot
from_memory(::Active, held::Duplicated, slot) = held.dval
from_memory(::Active, held::MixedDuplicated, slot) = held.dval[]

"What reverse mode returns for all arguments: floats beside references are written back, in the function too."
function slots(f, args, adjoints, k)
    slot(f, adjoints[1], k)
    map((a, adjoint) -> slot(a, adjoint, k), args, Base.tail(adjoints))
end

"The number of shadows of an argument, as a Val; 0 when it may go with any."
width(::Annotation) = Val(0)
width(::Single) = Val(1)
width(::MixedDuplicated) = Val(1)
width(::BatchDuplicated{T,N}) where {T,N} = some(Val(N))
width(::BatchDuplicatedNoNeed{T,N}) where {T,N} = some(Val(N))
width(::BatchMixedDuplicated{T,N}) where {T,N} = some(Val(N))
some(::Val{0}) = error("Cannot differentiate with a batch size of 0")
some(w::Val) = w
common_width(::Val{0}, ::Val{0}) = Val(0)
common_width(a::Val, ::Val{0}) = a
common_width(::Val{0}, b::Val) = b
common_width(::Val{N}, b::Val{N}) where {N} = b
common_width(::Val{A}, ::Val{B}) where {A,B} = error("Multiple distinct batch sizes: ", A, " and ", B)
"The number of shadows that go with a call, as a Val; 0 when nothing has one."
widths(::Tuple{}) = Val(0)
widths(args::Tuple) = common_width(width(args[1]), widths(Base.tail(args)))

"The type that a call is inferred to return."
result_type(f, args) = __return_type(f, map(typeof, args)...)

"Calls a function that can only throw, for its own error."
function failing(f, args)
    __met(:no_return, primal(f))
    primal(f)(map(primal, args)...)
end

end
