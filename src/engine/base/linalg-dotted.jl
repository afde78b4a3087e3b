# LinearAlgebra: dotted calls of matrices with structure keep it where zeros stay zeros.

module LinearAlgebra
import Base: Broadcasted, __bc_rebuilt, __materialize, __bc_style
const Structured = Union{Diagonal,Triangular,Banded}
__bc_style(a::Structured) = 5
__materialize(::Val{5}, b) = keeping_structure(b, Val(known_at_zero(b)))
"Whether only numbers and such matrices stand in a tree: what it gives for zeros then is one value."
known_at_zero(x) = false
known_at_zero(x::Union{Number,Ref,Base.__TypeValue}) = true
known_at_zero(a::Structured) = eltype(a) <: Number
known_at_zero(b::Broadcasted) = all_known_at_zero(b.args)
all_known_at_zero(::Tuple{}) = true
all_known_at_zero(args::Tuple) = known_at_zero(Base.__tuple_get(args, 1)) && all_known_at_zero(Base.tail(args))
at_zero(x) = x
at_zero(x::Ref) = x[]
at_zero(::Base.__TypeValue{T}) where {T} = T
at_zero(a::Structured) = zero(eltype(a))
at_zero(b::Broadcasted) = b.f(map(at_zero, b.args)...)
stays_zero(x) = x isa Number && iszero(x)
keeping_structure(b, ::Val{false}) = __materialize(Val(plain_style(b)), b)
keeping_structure(b, ::Val{true}) = stays_zero(at_zero(b)) ? in_form(form(b), b) : __materialize(Val(3), b)
"The kind of arrays that a tree has besides those with structure."
plain_style(x) = __bc_style(x)
plain_style(a::Structured) = 3
plain_style(b::Broadcasted) = plain_styles(b.args)
plain_styles(::Tuple{}) = 0
plain_styles(args::Tuple) = max(plain_style(Base.__tuple_get(args, 1)), plain_styles(Base.tail(args)))

# What the structures of a tree have in common, as one of their makers.
form(x) = nothing
form(a::Diagonal) = Diagonal
form(a::Upper) = UpperTriangular
form(a::Lower) = LowerTriangular
form(a::SymTridiagonal) = SymTridiagonal
form(a::Tridiagonal) = Tridiagonal
form(a::Bidiagonal) = Bidiagonal
form(b::Broadcasted) = form_of(b.args)
form_of(::Tuple{}) = nothing
form_of(args::Tuple) = joined(form(Base.__tuple_get(args, 1)), form_of(Base.tail(args)))
joined(::Nothing, b) = b
joined(a, ::Nothing) = a
joined(::Nothing, ::Nothing) = nothing
# Two of one diagonal beside the main one may have it on different sides.
joined(a, b) =
    a === Diagonal || a === b && a !== Bidiagonal ? b : b === Diagonal ? a : within_band(a) && within_band(b) ? Tridiagonal : Matrix
within_band(a) = a === Diagonal || a === Bidiagonal || a === SymTridiagonal || a === Tridiagonal
in_form(::Type{Matrix}, b) = __materialize(Val(3), b)
in_form(::Type{T}, b) where {T} = T(__materialize(Val(3), b))
in_form(::Type{Bidiagonal}, b) = Bidiagonal(__materialize(Val(3), b), upper_band(b))
in_form(::Type{Diagonal}, b) = Diagonal(Base.materialize(of_diagonals(b)))
of_diagonals(x) = x
of_diagonals(d::Diagonal) = d.diag
of_diagonals(b::Broadcasted) = __bc_rebuilt(b.f, map(of_diagonals, b.args))
upper_band(x) = nothing
upper_band(a::Bidiagonal) = half(a)
upper_band(b::Broadcasted) = first_band(b.args)
first_band(::Tuple{}) = nothing
first_band(args::Tuple) = upper_band(Base.__tuple_get(args, 1)) === nothing ? first_band(Base.tail(args)) : upper_band(Base.__tuple_get(args, 1))
end
