# DifferentiationInterfaceTest: operators of DifferentiationInterface held against derivatives that are known.
module DifferentiationInterfaceTest

using ..ADTypes
using ..DifferentiationInterface
import ..LinearAlgebra: Diagonal, diagm
using Random, Test

export Scenario, compute_results, test_differentiation, default_scenarios, FIRST_ORDER, SECOND_ORDER
export filter_scenarios, no_matrices, batchify, closurify, constantify, cachify

const FIRST_ORDER = [:pushforward, :pullback, :derivative, :gradient, :jacobian]
const SECOND_ORDER = [:hvp, :second_derivative, :hessian]

# ---- Scenarios

"""
An operator on a function at a point, with what it has to give. `op` names the operator, `place` says whether it writes its result (`:in`)
or makes it (`:out`), `form` the same of the function. `t` are tangents or cotangents; `res1` is the result of first order, `res2` that of
second order.
"""
struct Scenario{op,place,form,F,X,Y,T,C<:Tuple,R,S}
    f::F
    x::X
    y::Y
    t::T
    contexts::C
    res1::R
    res2::S
    name::Union{Nothing,String}
end
made(::Val{op}, ::Val{place}, ::Val{form}, f::F, x::X, y::Y, t::T, contexts::C, res1::R, res2::S, name) where {op,place,form,F,X,Y,T,C,R,S} =
    Scenario{op,place,form,F,X,Y,T,C,R,S}(f, x, y, t, contexts, res1, res2, name)
Scenario{op,place}(f, x; t = nothing, tang = t, contexts = (), res1 = nothing, res2 = nothing, name = nothing, options...) where {op,place} =
    made(Val(op), Val(place), Val(:out), f, x, f(x, values_of(contexts)...), tang, contexts, res1, res2, name)
function Scenario{op,place}(f!, y::AbstractArray, x::Union{Number,AbstractArray}; t = nothing, tang = t, contexts = (), res1 = nothing, res2 = nothing, name = nothing, options...) where {op,place}
    written = copy(y)
    f!(written, x, values_of(contexts)...)
    made(Val(op), Val(place), Val(:in), f!, x, written, tang, contexts, res1, res2, name)
end
Scenario{op,place}(f, x, t::Tuple, contexts::Context...; options...) where {op,place} = Scenario{op,place}(f, x; t, contexts, options...)
Scenario{op,place}(f, x, c::Context, contexts::Context...; options...) where {op,place} = Scenario{op,place}(f, x; contexts = (c, contexts...), options...)
Scenario{op,place}(f!, y::AbstractArray, x::Union{Number,AbstractArray}, t::Tuple, contexts::Context...; options...) where {op,place} = Scenario{op,place}(f!, y, x; t, contexts, options...)
Scenario{op,place}(f!, y::AbstractArray, x::Union{Number,AbstractArray}, c::Context, contexts::Context...; options...) where {op,place} =
    Scenario{op,place}(f!, y, x; contexts = (c, contexts...), options...)
values_of(contexts) = map(c -> c.data, contexts)

operator(::Scenario{op}) where {op} = op
operator_place(::Scenario{op,place}) where {op,place} = place
function_place(::Scenario{op,place,form}) where {op,place,form} = form
order(s::Scenario) = operator(s) in FIRST_ORDER ? 1 : 2
Base.show(io::IO, s::Scenario) = print(io, "Scenario{", repr(operator(s)), ",", repr(operator_place(s)), "} ",
    s.name === nothing ? string(s.f) : s.name, " : ", typeof(s.x), " -> ", typeof(s.y), isempty(s.contexts) ? "" : " with $(length(s.contexts)) contexts")
"The same scenario with other parts."
changed(s::Scenario{op,place,form}; f = s.f, x = s.x, y = s.y, t = s.t, contexts = s.contexts, res1 = s.res1, res2 = s.res2) where {op,place,form} =
    made(Val(op), Val(place), Val(form), f, x, y, t, contexts, res1, res2, s.name)

"The scenarios that a choice leaves."
filter_scenarios(scenarios; input_type = Any, output_type = Any, first_order = true, second_order = true, onearg = true, twoarg = true,
        inplace = true, outofplace = true, excluded = Symbol[]) = filter(scenarios) do s
    s.x isa input_type && s.y isa output_type && !(operator(s) in excluded) && (order(s) == 1 ? first_order : second_order) &&
        (function_place(s) === :out ? onearg : twoarg) && (operator_place(s) === :out ? outofplace : inplace)
end
no_matrices(scenarios) = filter(s -> !(s.x isa AbstractMatrix || s.y isa AbstractMatrix), scenarios)

# ---- Operators

"What prepares an operator, what gives it with the values of lower order, what gives it alone, and the last two where they write."
operators(::Scenario{:pushforward}) = (prepare_pushforward, value_and_pushforward, pushforward, value_and_pushforward!, pushforward!)
operators(::Scenario{:pullback}) = (prepare_pullback, value_and_pullback, pullback, value_and_pullback!, pullback!)
operators(::Scenario{:derivative}) = (prepare_derivative, value_and_derivative, derivative, value_and_derivative!, derivative!)
operators(::Scenario{:gradient}) = (prepare_gradient, value_and_gradient, gradient, value_and_gradient!, gradient!)
operators(::Scenario{:jacobian}) = (prepare_jacobian, value_and_jacobian, jacobian, value_and_jacobian!, jacobian!)
operators(::Scenario{:hvp}) = (prepare_hvp, gradient_and_hvp, hvp, gradient_and_hvp!, hvp!)
operators(::Scenario{:hessian}) = (prepare_hessian, value_gradient_and_hessian, hessian, value_gradient_and_hessian!, hessian!)
operators(::Scenario{:second_derivative}) =
    (prepare_second_derivative, value_derivative_and_second_derivative, second_derivative, value_derivative_and_second_derivative!, second_derivative!)
"All that the larger form gives, its last entry being the operator's own result."
results(s::Scenario) = (s.y, s.res1)
results(s::Scenario{:hvp}) = (s.res1, s.res2)
results(s::Union{Scenario{:hessian},Scenario{:second_derivative}}) = (s.y, s.res1, s.res2)
"What follows the backend in a call."
arguments(s::Scenario) = s.t === nothing ? (s.x, s.contexts...) : (s.x, s.t, s.contexts...)
"The function, and where it writes the memory for its result."
called(s::Scenario{op,place,:out}) where {op,place} = (s.f,)
called(s::Scenario{op,place,:in}) where {op,place} = (s.f, room(s.y))
room(x::Number) = x
room(x::AbstractArray) = zero(x)
room(x::Tuple) = map(room, x)

"What both forms give, with and without preparation."
function found(s::Scenario{op,:out}, backend) where {op}
    prepare, whole, alone = operators(s)
    prep = prepare(called(s)..., backend, arguments(s)...)
    ((whole(called(s)..., prep, backend, arguments(s)...), whole(called(s)..., backend, arguments(s)...)),
        (alone(called(s)..., prep, backend, arguments(s)...), alone(called(s)..., backend, arguments(s)...)))
end
function found(s::Scenario{op,:in}, backend) where {op}
    prepare, _, _, whole!, alone! = operators(s)
    prep = prepare(called(s)..., backend, arguments(s)...)
    many = written(s)
    ((whole!(called(s)..., map(room, many)..., prep, backend, arguments(s)...), whole!(called(s)..., map(room, many)..., backend, arguments(s)...)),
        (alone!(called(s)..., room(last(many)), prep, backend, arguments(s)...), alone!(called(s)..., room(last(many)), backend, arguments(s)...)))
end
"The results that the larger form writes: all but the value."
written(s::Scenario) = (s.res1,)
written(s::Union{Scenario{:hvp},Scenario{:hessian},Scenario{:second_derivative}}) = (s.res1, s.res2)

"The scenario with the results that a backend gives."
function compute_results(s::Scenario, backend)
    _, whole = operators(s)
    all = whole(called(s)..., backend, arguments(s)...)
    operator(s) in FIRST_ORDER ? changed(s; res1 = last(all)) : changed(s; res1 = all[end-1], res2 = last(all))
end

# ---- Tests

"""
Tests backends on scenarios, each operator with and without preparation. What is asked about type stability, allocations, sparsity and
timings is not tested here.
"""
test_differentiation(backend::AbstractADType, args...; options...) = test_differentiation([backend], args...; options...)
function test_differentiation(backends::AbstractVector, scenarios::AbstractVector = default_scenarios(); correctness = true, excluded = Symbol[],
        isapprox = isapprox, atol = 0, rtol = 1e-3, logging = false, detailed = false, testset_name = nothing, type_stability = :none, allocations = :none,
        benchmark = :none, sparsity = false, scenario_intact = true, options...)
    title = testset_name === nothing ? "Testing correctness" : testset_name
    @testset "$title" begin
        for backend in backends
            @testset "$backend" begin
                for s in scenarios
                    operator(s) in excluded && continue
                    function_place(s) === :in && !check_inplace(backend) && continue
                    logging && println(backend, ": ", s)
                    @testset "$s" begin
                        correctness && test_correctness(s, backend, (a, b) -> isapprox(a, b; atol, rtol), scenario_intact)
                    end
                end
            end
        end
    end
    nothing
end
function test_correctness(s, backend, near, scenario_intact)
    before = deepcopy((s.x, s.t))
    expected = operator(s) in FIRST_ORDER ? s.res1 : s.res2
    whole, alone = found(s, backend)
    @test all(r -> close_to(r, results(s), near), whole)
    @test all(r -> close_to(r, expected, near), alone)
    scenario_intact && @test (s.x, s.t) == before
    nothing
end
close_to(a, b, near) = near(a, b)
close_to(a::Tuple, b::Tuple, near) = length(a) == length(b) && all(map((x, y) -> close_to(x, y, near), a, b))
close_to(a, ::Nothing, near) = true

# ---- Scenarios made of others

"With two tangents for one."
batchify(s::Scenario) = s
batchify(s::Union{Scenario{:pushforward},Scenario{:pullback}}) = changed(s; t = twice(s.t), res1 = twice(s.res1))
batchify(s::Scenario{:hvp}) = changed(s; t = twice(s.t), res2 = twice(s.res2))
twice((a,)) = (a, 2 .* a)

"A function that keeps numbers or memory which it needs."
struct Closed{F,B} <: Function
    f::F
    buffer::B
end
(c::Closed)(x) = c.f(keep(c.buffer, x))
(c::Closed)(y, x) = c.f(y, keep(c.buffer, x))
keep(buffer::Nothing, x) = x
keep(buffer::AbstractArray, x) = copyto!(buffer, x)
"A function that is multiplied by a further argument."
struct Scaled{F} <: Function
    f::F
end
(s::Scaled)(x, a) = a * s.f(x)
(s::Scaled)(y, x, a) = (s.f(y, x); y .*= a; nothing)
"A function that works through memory given as a further argument."
struct Through{F} <: Function
    f::F
end
(t::Through)(x, cache) = t.f(copyto!(cache, x))
(t::Through)(y, x, cache) = t.f(y, copyto!(cache, x))

closurify(s::Scenario) = changed(s; f = Closed(s.f, s.x isa Number ? nothing : zero(s.x)))
constantify(s::Scenario) = (a = 3.0; changed(s; f = Scaled(s.f), y = a * s.y, contexts = (Constant(a),), res1 = times(a, s.res1), res2 = times(a, s.res2)))
cachify(s::Scenario) = s.x isa Number ? s : changed(s; f = Through(s.f), contexts = (Cache(zero(s.x)),))
times(a, x) = a * x
times(a, x::Tuple) = map(y -> a * y, x)
times(a, ::Nothing) = nothing

# ---- Functions of every shape

num_to_num(x::Number) = sin(x)
num_to_vec(x::Number) = [sin(x), sin(2x)]
num_to_vec!(y::AbstractVector, x::Number) = (y[1] = sin(x); y[2] = sin(2x); nothing)
num_to_mat(x::Number) = hcat(num_to_vec(x), num_to_vec(3x))
num_to_mat!(y::AbstractMatrix, x::Number) = (y[1, 1] = sin(x); y[2, 1] = sin(2x); y[1, 2] = sin(3x); y[2, 2] = sin(6x); nothing)
arr_to_num(x::AbstractArray) = sum(eachindex(x)) do i
    i * sin(x[i]) + x[i] * x[begin]
end
vec_to_vec(x::AbstractVector) = vcat(sin.(x), cos.(x))
vec_to_mat(x::AbstractVector) = hcat(sin.(x), cos.(x))
mat_to_vec(x::AbstractMatrix) = vcat(vec(sin.(x)), vec(cos.(x)))
mat_to_mat(x::AbstractMatrix) = hcat(vec(sin.(x)), vec(cos.(x)))
function halves!(y, x)
    n = length(x)
    for i in 1:n
        y[i] = sin(x[i])
        y[n+i] = cos(x[i])
    end
    nothing
end
const vec_to_vec! = halves!
const vec_to_mat! = halves!
const mat_to_vec! = halves!
const mat_to_mat! = halves!

halves_jacobian(x) = vcat(diagm(cos.(vec(x))), diagm(-sin.(vec(x))))
"Derivatives of `arr_to_num`, whose terms are `i sin(x[i]) + x[i] x[1]`."
arr_to_num_gradient(x) = reshape([i * cos(x[i]) + x[1] + (i == 1 ? sum(x) : 0.0) for i in eachindex(vec(x))], size(x))
arr_to_num_hessian(x) = [(i == j ? -i * sin(x[i]) : 0.0) + (i == 1) + (j == 1) for i in eachindex(vec(x)), j in eachindex(vec(x))]

"The scenarios of first order for a function with the given jacobian, and a form that writes its result where there is one."
function first_order(f, f!, x, jac, dx, dy)
    y = f(x)
    shaped(v, like) = like isa Number ? only(v) : reshape(v, size(like))
    pushed, pulled = shaped(jac * listed(dx), y), shaped(jac' * listed(dy), x)
    out = Any[Scenario{:pushforward,:out}(f, x; t = (dx,), res1 = (pushed,)), Scenario{:pullback,:out}(f, x; t = (dy,), res1 = (pulled,))]
    y isa Number || push!(out, Scenario{:pushforward,:in}(f, x; t = (dx,), res1 = (pushed,)))
    x isa Number || push!(out, Scenario{:pullback,:in}(f, x; t = (dy,), res1 = (pulled,)))
    x isa Number && push!(out, Scenario{:derivative,:out}(f, x; res1 = shaped(vec(jac), y)))
    x isa Number && !(y isa Number) && push!(out, Scenario{:derivative,:in}(f, x; res1 = shaped(vec(jac), y)))
    y isa Number && !(x isa Number) &&
        push!(out, Scenario{:gradient,:out}(f, x; res1 = shaped(vec(jac), x)), Scenario{:gradient,:in}(f, x; res1 = shaped(vec(jac), x)))
    y isa Number || x isa Number || push!(out, Scenario{:jacobian,:out}(f, x; res1 = jac), Scenario{:jacobian,:in}(f, x; res1 = jac))
    f! === nothing && return out
    push!(out, Scenario{:pushforward,:out}(f!, y, x; t = (dx,), res1 = (pushed,)), Scenario{:pushforward,:in}(f!, y, x; t = (dx,), res1 = (pushed,)),
        Scenario{:pullback,:out}(f!, y, x; t = (dy,), res1 = (pulled,)))
    x isa Number || push!(out, Scenario{:pullback,:in}(f!, y, x; t = (dy,), res1 = (pulled,)))
    x isa Number && push!(out, Scenario{:derivative,:out}(f!, y, x; res1 = shaped(vec(jac), y)), Scenario{:derivative,:in}(f!, y, x; res1 = shaped(vec(jac), y)))
    x isa Number || push!(out, Scenario{:jacobian,:out}(f!, y, x; res1 = jac), Scenario{:jacobian,:in}(f!, y, x; res1 = jac))
    out
end
listed(x::Number) = [x]
listed(x) = vec(x)

"Those of second order, of a function of a number."
function second_derivatives(f, x, der, der2)
    out = Any[Scenario{:second_derivative,:out}(f, x; res1 = der, res2 = der2)]
    der isa Number || push!(out, Scenario{:second_derivative,:in}(f, x; res1 = der, res2 = der2))
    out
end
"Those of a scalar function of an array."
function hessians(f, x, grad, hess, dx)
    product = reshape(hess * vec(dx), size(x))
    Any[Scenario{:hvp,:out}(f, x; t = (dx,), res1 = grad, res2 = (product,)), Scenario{:hvp,:in}(f, x; t = (dx,), res1 = grad, res2 = (product,)),
        Scenario{:hessian,:out}(f, x; res1 = grad, res2 = hess), Scenario{:hessian,:in}(f, x; res1 = grad, res2 = hess)]
end

"Scenarios for every operator, on numbers, vectors and matrices."
function default_scenarios(rng::AbstractRNG = Xoshiro(0); include_normal = true, include_batchified = true, include_closurified = false,
        include_constantified = false, include_cachified = false, linalg = true, options...)
    number, vector, matrix = 0.42, float.(1:6), float.(reshape(1:6, 2, 3))
    waves = [1, 2, 3, 6]
    out = Any[]
    append!(out, first_order(num_to_num, nothing, number, fill(cos(number), 1, 1), rand(rng), rand(rng)))
    append!(out, second_derivatives(num_to_num, number, cos(number), -sin(number)))
    for (f, f!, k) in ((num_to_vec, num_to_vec!, waves[1:2]), (num_to_mat, num_to_mat!, reshape(waves, 2, 2)))
        der = k .* cos.(k .* number)
        append!(out, first_order(f, f!, number, reshape(der, :, 1), rand(rng), rand(rng, size(k)...)))
        append!(out, second_derivatives(f, number, der, -k .^ 2 .* sin.(k .* number)))
    end
    for x in (vector, matrix)
        grad, hess, dx = arr_to_num_gradient(x), arr_to_num_hessian(x), rand(rng, size(x)...)
        append!(out, first_order(arr_to_num, nothing, x, reshape(grad, 1, :), dx, rand(rng)))
        append!(out, hessians(arr_to_num, x, grad, hess, dx))
    end
    for (f, f!, x) in ((vec_to_vec, vec_to_vec!, vector), (vec_to_mat, vec_to_mat!, vector), (mat_to_vec, mat_to_vec!, matrix), (mat_to_mat, mat_to_mat!, matrix))
        append!(out, first_order(f, f!, x, halves_jacobian(x), rand(rng, size(x)...), rand(rng, size(f(x))...)))
    end
    all = Any[]
    include_normal && append!(all, out)
    include_batchified && append!(all, map(batchify, filter(s -> s.t !== nothing, out)))
    include_closurified && append!(all, map(closurify, out))
    include_constantified && append!(all, map(constantify, out))
    include_cachified && append!(all, map(cachify, filter(s -> !(s.x isa Number), out)))
    all
end

end
