using Test, LinearAlgebra
using ADTypes
using DifferentiationInterface
import DifferentiationInterface as DI
using Enzyme: Enzyme

# The default scenarios of DifferentiationInterface's own tests: functions, their inputs, and the derivatives known by hand.
num_to_num(x::Number)::Number = sin(x)
num_to_num_derivative(x) = cos(x)
num_to_num_second_derivative(x) = -sin(x)
onevec_to_onevec(x) = sin.(x)
num_to_vec(x::Number) = sin.([1, 2] .* x)
num_to_vec_derivative(x) = [1, 2] .* cos.([1, 2] .* x)
num_to_vec_second(x) = .-([1, 2] .^ 2) .* sin.([1, 2] .* x)
num_to_mat(x::Number) = hcat(num_to_vec(x), num_to_vec(3x))
num_to_mat_derivative(x) = hcat(num_to_vec_derivative(x), 3 .* num_to_vec_derivative(3x))
num_to_mat_second(x) = hcat(num_to_vec_second(x), 9 .* num_to_vec_second(3x))
const α, β = 4, 6
function arr_to_num_linalg(x::AbstractArray{<:Number})
    return sum(vec(x .^ α) .* transpose(vec(x .^ β)))
end
function arr_to_num_no_linalg(x)
    n = length(x)
    s = zero(eltype(x))
    for i in 1:n, j in 1:n
        s += x[i]^α * x[j]^β
    end
    return s
end
function arr_to_num_gradient(x0)
    x = Array(x0)
    g = similar(x)
    for k in eachindex(g, x)
        g[k] = (
            +(α + β) * x[k]^(α + β - 1) +
            β * x[k]^(β - 1) * sum(x[j]^α for j in eachindex(x) if j != k) +
            α * x[k]^(α - 1) * sum(x[j]^β for j in eachindex(x) if j != k)
        )
    end
    return convert(typeof(x0), g)
end
function arr_to_num_hessian(x0)
    x = Array(x0)
    H = similar(x, length(x), length(x))
    for k in axes(H, 1), l in axes(H, 2)
        if k == l
            H[k, k] = (
                +(α + β) * (α + β - 1) * x[k]^(α + β - 2) +
                β * (β - 1) * x[k]^(β - 2) * sum(x[j]^α for j in eachindex(x) if j != k) +
                α * (α - 1) * x[k]^(α - 2) * sum(x[j]^β for j in eachindex(x) if j != k)
            )
        else
            H[k, l] = α * β * (x[k]^(α - 1) * x[l]^(β - 1) + x[k]^(β - 1) * x[l]^(α - 1))
        end
    end
    return convert(Matrix{eltype(x0)}, H)
end
vec_to_vec(x) = vcat(sin.(x), cos.(x))
vec_to_mat(x) = hcat(sin.(x), cos.(x))
mat_to_vec(x) = vcat(vec(sin.(x)), vec(cos.(x)))
mat_to_mat(x) = hcat(vec(sin.(x)), vec(cos.(x)))
all_jac(x) = vcat(Diagonal(vec(cos.(x))), Diagonal(vec(.-sin.(x))))

onevec_to_onevec!(y, x) = (map!(sin, y, x); return nothing)
function num_to_vec!(y, x)
    n = length(y)
    y[1:(n ÷ 2)] .= sin(x)
    y[(n ÷ 2 + 1):n] .= sin(2x)
    return nothing
end
function num_to_mat!(y, x)
    num_to_vec!(view(y, :, 1), x)
    num_to_vec!(view(y, :, 2), 3x)
    return nothing
end
function vec_to_vec!(y, x)
    n = length(x)
    y[1:n] .= sin.(x)
    y[(n + 1):(2n)] .= cos.(x)
    return nothing
end
function vec_to_mat!(y, x)
    y[:, 1] .= sin.(x)
    y[:, 2] .= cos.(x)
    return nothing
end
function mat_to_vec!(y, x)
    n = length(x)
    y[1:n] .= sin.(getindex.(Ref(x), 1:n))
    y[(n + 1):(2n)] .= cos.(getindex.(Ref(x), 1:n))
    return nothing
end
function mat_to_mat!(y, x)
    n = length(x)
    y[:, 1] .= sin.(getindex.(Ref(x), 1:n))
    y[:, 2] .= cos.(getindex.(Ref(x), 1:n))
    return nothing
end

# ---- scenarios
struct Scenario{op,pl_op,pl_fun}
    f
    x
    y
    t
    res
    contexts
    name::String
end
function Scenario{op,pl_op,pl_fun}(f; x, y, t=nothing, res, contexts=(), name=string(f)) where {op,pl_op,pl_fun}
    Scenario{op,pl_op,pl_fun}(f, x, y, t, res, contexts, name)
end

out_jac(der::AbstractArray) = reshape(der, length(der), 1)
out_jac(der::Number) = fill(der, 1, 1)

function one_arg(f, x, jac; ts, tys, contexts=())
    y = f(x, map(DI.unwrap, contexts)...)
    s = Scenario[]
    shape(v) = y isa Number ? v[1] : reshape(v, size(y))
    shapex(v) = x isa Number ? v[1] : reshape(v, size(x))
    flat(v) = v isa Number ? [v] : vec(v)
    for pl in (:out, :in)
        if pl == :out || !(y isa Number)
            push!(s, Scenario{:pushforward,pl,:out}(f; x, y, t=ts, res=map(t -> shape(jac * flat(t)), ts), contexts))
        end
        if pl == :out || !(x isa Number)
            push!(s, Scenario{:pullback,pl,:out}(f; x, y, t=tys, res=map(t -> shapex(jac' * flat(t)), tys), contexts))
        end
        if x isa Number
            pl == :out || !(y isa Number) && push!(s, Scenario{:derivative,pl,:out}(f; x, y, res=shape(jac[:, 1]), contexts))
            pl == :out && push!(s, Scenario{:derivative,pl,:out}(f; x, y, res=shape(jac[:, 1]), contexts))
        elseif y isa Number
            push!(s, Scenario{:gradient,pl,:out}(f; x, y, res=reshape(jac[1, :], size(x)), contexts))
        else
            push!(s, Scenario{:jacobian,pl,:out}(f; x, y, res=Matrix(jac), contexts))
        end
    end
    s
end
function two_arg(f!, x, y, jac; ts, tys, contexts=())
    f!(y, x, map(DI.unwrap, contexts)...)
    s = Scenario[]
    shapex(v) = x isa Number ? v[1] : reshape(v, size(x))
    flat(v) = v isa Number ? [v] : vec(v)
    for pl in (:out, :in)
        push!(s, Scenario{:pushforward,pl,:in}(f!; x, y, t=ts, res=map(t -> reshape(jac * flat(t), size(y)), ts), contexts))
        if pl == :out || !(x isa Number)
            push!(s, Scenario{:pullback,pl,:in}(f!; x, y, t=tys, res=map(t -> shapex(jac' * flat(t)), tys), contexts))
        end
        if x isa Number
            push!(s, Scenario{:derivative,pl,:in}(f!; x, y, res=reshape(jac[:, 1], size(y)), contexts))
        else
            push!(s, Scenario{:jacobian,pl,:in}(f!; x, y, res=Matrix(jac), contexts))
        end
    end
    s
end
function second_num(f, x, d1, d2; contexts=())
    s = Scenario[Scenario{:second_derivative,:out,:out}(f; x, y=f(x, map(DI.unwrap, contexts)...), res=(d1, d2), contexts)]
    d1 isa Number || push!(s, Scenario{:second_derivative,:in,:out}(f; x, y=f(x, map(DI.unwrap, contexts)...), res=(d1, d2), contexts))
    s
end
function second_arr(f, x, g, H; ts, contexts=())
    s = Scenario[]
    for pl in (:out, :in)
        push!(s, Scenario{:hvp,pl,:out}(f; x, y=f(x, map(DI.unwrap, contexts)...), t=ts, res=(g, map(t -> reshape(H * vec(t), size(x)), ts)), contexts))
        push!(s, Scenario{:hessian,pl,:out}(f; x, y=f(x, map(DI.unwrap, contexts)...), res=(g, H), contexts))
    end
    s
end

const x_ = 0.42
const x_6 = float.(1:6)
const x_2_3 = float.(reshape(1:6, 2, 3))
const dx_6 = float.(-1:-1:-6)
const dx_2_3 = float.(reshape(-1:-1:-6, 2, 3))
function default_scenarios(; batch=false, second=true)
    pick(t) = batch ? (t, -t) : (t,)
    s = Scenario[]
    append!(s, one_arg(num_to_num, x_, fill(cos(x_), 1, 1);
        ts=pick(3.2), tys=pick(-1.5)))
    append!(s, one_arg(onevec_to_onevec, [x_], fill(cos(x_), 1, 1);
        ts=pick([3.2]), tys=pick([-1.5])))
    append!(s, one_arg(num_to_vec, x_, out_jac(num_to_vec_derivative(x_));
        ts=pick(3.2), tys=pick([0.3, -0.8])))
    append!(s, one_arg(num_to_mat, x_, out_jac(num_to_mat_derivative(x_));
        ts=pick(3.2), tys=pick([0.3 -0.8; 1.1 0.2])))
    for f in (arr_to_num_linalg, arr_to_num_no_linalg)
        append!(s, one_arg(f, x_6, reshape(arr_to_num_gradient(x_6), 1, 6);
        ts=pick(dx_6), tys=pick(0.7)))
        append!(s, one_arg(f, x_2_3, reshape(arr_to_num_gradient(x_2_3), 1, 6);
        ts=pick(dx_2_3), tys=pick(0.7)))
    end
    append!(s, one_arg(vec_to_vec, x_6, all_jac(x_6);
        ts=pick(dx_6), tys=pick(float.(1:12))))
    append!(s, one_arg(vec_to_mat, x_6, all_jac(x_6);
        ts=pick(dx_6), tys=pick(float.(reshape(1:12, 6, 2)))))
    append!(s, one_arg(mat_to_vec, x_2_3, all_jac(x_2_3);
        ts=pick(dx_2_3), tys=pick(float.(1:12))))
    append!(s, one_arg(mat_to_mat, x_2_3, all_jac(x_2_3);
        ts=pick(dx_2_3), tys=pick(float.(reshape(1:12, 6, 2)))))
    append!(s, two_arg(onevec_to_onevec!, [x_], [0.0], fill(cos(x_), 1, 1); ts=pick([3.2]), tys=pick([-1.5])))
    append!(s, two_arg(num_to_vec!, x_, zeros(6), reshape([fill(cos(x_), 3); fill(2cos(2x_), 3)], 6, 1); ts=pick(3.2), tys=pick(float.(1:6))))
    append!(s, two_arg(num_to_mat!, x_, zeros(6, 2), reshape([fill(cos(x_), 3); fill(2cos(2x_), 3); fill(3cos(3x_), 3); fill(6cos(6x_), 3)], 12, 1); ts=pick(3.2), tys=pick(float.(reshape(1:12, 6, 2)))))
    append!(s, two_arg(vec_to_vec!, x_6, zeros(12), all_jac(x_6); ts=pick(dx_6), tys=pick(float.(1:12))))
    append!(s, two_arg(vec_to_mat!, x_6, zeros(6, 2), all_jac(x_6); ts=pick(dx_6), tys=pick(float.(reshape(1:12, 6, 2)))))
    append!(s, two_arg(mat_to_vec!, x_2_3, zeros(12), all_jac(x_2_3); ts=pick(dx_2_3), tys=pick(float.(1:12))))
    append!(s, two_arg(mat_to_mat!, x_2_3, zeros(6, 2), all_jac(x_2_3); ts=pick(dx_2_3), tys=pick(float.(reshape(1:12, 6, 2)))))
    if second
        append!(s, second_num(num_to_num, x_, cos(x_), -sin(x_)))
        append!(s, second_num(num_to_vec, x_, num_to_vec_derivative(x_), num_to_vec_second(x_)))
        append!(s, second_num(num_to_mat, x_, num_to_mat_derivative(x_), num_to_mat_second(x_)))
        for f in (arr_to_num_linalg, arr_to_num_no_linalg)
            append!(s, second_arr(f, x_6, arr_to_num_gradient(x_6), arr_to_num_hessian(x_6); ts=pick(dx_6)))
            append!(s, second_arr(f, x_2_3, arr_to_num_gradient(x_2_3), arr_to_num_hessian(x_2_3); ts=pick(dx_2_3)))
        end
    end
    s
end


# ---- Each scenario with and without preparation; the forms without a value are the last parts of those with one

same(a, b) = isapprox(a, b; rtol=1e-6, atol=1e-8)
same(a::Tuple, b::Tuple) = all(map(same, a, b))
fresh(x::AbstractArray) = fill!(similar(x), 17.0)
fresh(x::Tuple) = map(fresh, x)
extra(s) = s.t === nothing ? () : (s.t,)

ops(::Scenario{:derivative}) = (value_and_derivative, value_and_derivative!, prepare_derivative)
ops(::Scenario{:gradient}) = (value_and_gradient, value_and_gradient!, prepare_gradient)
ops(::Scenario{:jacobian}) = (value_and_jacobian, value_and_jacobian!, prepare_jacobian)
ops(::Scenario{:pushforward}) = (value_and_pushforward, value_and_pushforward!, prepare_pushforward)
ops(::Scenario{:pullback}) = (value_and_pullback, value_and_pullback!, prepare_pullback)
ops(::Scenario{:second_derivative}) = (value_derivative_and_second_derivative, value_derivative_and_second_derivative!, prepare_second_derivative)
ops(::Scenario{:hvp}) = (gradient_and_hvp, gradient_and_hvp!, prepare_hvp)
ops(::Scenario{:hessian}) = (value_gradient_and_hessian, value_gradient_and_hessian!, prepare_hessian)

"All that the operator with a value should give."
expected(s::Scenario{op}) where {op} =
    op == :hvp ? s.res : op == :second_derivative || op == :hessian ? (s.y, s.res...) : (s.y, s.res)
"What the in-place form writes into."
given(s::Scenario{op}) where {op} = op == :hvp || op == :second_derivative || op == :hessian ? fresh(s.res) : (fresh(s.res),)

function check(b, s::Scenario{op,place,kind}) where {op,place,kind}
    run, run!, prepare = ops(s)
    target() = kind == :in ? (s.f, fresh(s.y)) : (s.f,)
    rest = (b, s.x, extra(s)..., s.contexts...)
    for prep in ((), (prepare(target()..., rest...),))
        if place == :out
            @test same(run(target()..., prep..., rest...), expected(s))
        else
            memory = given(s)
            found = run!(target()..., memory..., prep..., rest...)
            @test same(found, expected(s))
            @test same(memory, op == :hvp || op == :second_derivative || op == :hessian ? s.res : (s.res,))
        end
    end
end
function check_all(b, scenarios)
    for s in scenarios
        @testset "$s" begin
            check(b, s)
        end
    end
end
Base.show(io::IO, s::Scenario{op,place,kind}) where {op,place,kind} = print(io, op, " ", place, " ", kind, " ", s.name)
