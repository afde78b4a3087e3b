#= adrepro
title: An array type of the program that holds its numbers as fields gets them back as its adjoint
tags: [types, struct, active]
checks:
  - call: slopes(Point(2.0, 3.0))
    value: [13.0, 5.0]
    rtol: 1.0e-12
  - call: slope_of_scaled(2.0)
    value: 40.0
    rtol: 1.0e-12
=#
using Enzyme

struct Point <: AbstractVector{Float64}
    x::Float64
    y::Float64
end
Base.size(::Point) = (2,)
Base.getindex(p::Point, i::Int) = i == 1 ? p.x : p.y

"Numbers by value and by reference in one array."
struct Scaled <: AbstractVector{Float64}
    factor::Float64
    data::Vector{Float64}
end
Base.size(s::Scaled) = size(s.data)
Base.getindex(s::Scaled, i::Int) = s.factor * s.data[i]

height(p) = p[1]^2 * p[2] + sum(p)

function slopes(p)
    adjoint = autodiff(Reverse, height, Active, Active(p))[1][1]
    [adjoint.x, adjoint.y]
end

function slope_of_scaled(factor)
    shadow = Ref(Enzyme.make_zero(Scaled(factor, [1.0, 3.0])))
    autodiff(Reverse, s -> sum(abs2, s), Active, MixedDuplicated(Scaled(factor, [1.0, 3.0]), shadow))
    shadow[].factor
end
