/** The tape of a thunk serves any number of seeds, inside of derivatives too: what is taken from it twice receives the sum of both adjoints. */
import { expect, it } from 'vitest'
import { unpassed } from './session-of.ts'

it('a tape that is swept several times is differentiated in every mode, to order three', () => {
  const failed = unpassed(`
using Enzyme, Test
looped(v) = (s = 0.0; for i in 1:3; s += exp(v * i); end; s)
function swept_twice(x)
    fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(looped)}, Active, Active{Float64})
    tape = fwd(Const(looped), Active(x))[1]
    rev(Const(looped), Active(x), 1.0, tape)[1][1] + rev(Const(looped), Active(x), x, tape)[1][1]
end
d1 = autodiff(Forward, swept_twice, Duplicated(0.3, 1.0))[1]
@test autodiff(Reverse, swept_twice, Active(0.3))[1][1] ≈ d1
g(x) = autodiff(Reverse, swept_twice, Active(x))[1][1]
gf(x) = autodiff(Forward, swept_twice, Duplicated(x, 1.0))[1]
h(x) = autodiff(Forward, gf, Duplicated(x,1.0))[1]
@test autodiff(Reverse, g, Active(0.3))[1][1] ≈ h(0.3)
@test autodiff(Forward, g, Duplicated(0.3,1.0))[1] ≈ h(0.3)
@test autodiff(Reverse, gf, Active(0.3))[1][1] ≈ h(0.3)
g2(x) = autodiff(Reverse, g, Active(x))[1][1]
h2(x) = autodiff(Forward, h, Duplicated(x,1.0))[1]
@test autodiff(Reverse, g2, Active(0.3))[1][1] ≈ h2(0.3)
@test autodiff(Forward, g2, Duplicated(0.3,1.0))[1] ≈ h2(0.3)
# many seeds, in a loop, arrays
function arr(v)
    w = similar(v)
    for i in eachindex(v); w[i] = sin(v[i]) * v[1]; end
    m = [w w.^2]
    s = 0.0
    for i in eachindex(m); s += m[i]*v[mod1(i,length(v))]; end
    s
end
function many(x, n)
    v = x .* [1.0, 2.0, 3.0]
    dv = zero(v)
    fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(arr)}, Active, Duplicated{Vector{Float64}})
    tape = fwd(Const(arr), Duplicated(v, dv))[1]
    out = 0.0
    for k in 1:n
        rev(Const(arr), Duplicated(v, dv), k*x, tape)
        out += sum(abs2, dv)
    end
    out
end
a1 = autodiff(Forward, many, Duplicated(0.3, 1.0), Const(4))[1]
fd = (many(0.3+1e-6,4)-many(0.3-1e-6,4))/2e-6
@test a1 ≈ fd rtol=1e-6
@test autodiff(Reverse, many, Active(0.3), Const(4))[1][1] ≈ a1
gm(x) = autodiff(Reverse, many, Active(x), Const(4))[1][1]
gmf(x) = autodiff(Forward, many, Duplicated(x,1.0), Const(4))[1]
@test autodiff(Reverse, gm, Active(0.3))[1][1] ≈ autodiff(Forward, gmf, Duplicated(0.3,1.0))[1]
@test autodiff(Forward, gm, Duplicated(0.3,1.0))[1] ≈ autodiff(Forward, gmf, Duplicated(0.3,1.0))[1]
# two tapes at once
function two(x)
    fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(looped)}, Active, Active{Float64})
    t1 = fwd(Const(looped), Active(x))[1]
    t2 = fwd(Const(looped), Active(x^2))[1]
    a = rev(Const(looped), Active(x), 1.0, t1)[1][1]
    b = rev(Const(looped), Active(x^2), a, t2)[1][1]
    c = rev(Const(looped), Active(x), b, t1)[1][1]
    a*b + rev(Const(looped), Active(x^2), c, t2)[1][1]
end
a2 = autodiff(Forward, two, Duplicated(0.3, 1.0))[1]
@test autodiff(Reverse, two, Active(0.3))[1][1] ≈ a2
@test (two(0.3+1e-6)-two(0.3-1e-6))/2e-6 ≈ a2 rtol=1e-6
# a thunk that is swept in a catch
function caught(x)
    fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(looped)}, Active, Active{Float64})
    t1 = fwd(Const(looped), Active(x))[1]
    a = try
        y = rev(Const(looped), Active(x), 1.0, t1)[1][1]
        y > 0 && error("no")
        y
    catch
        2x
    end
    a * rev(Const(looped), Active(x), x, t1)[1][1]
end
a3 = autodiff(Forward, caught, Duplicated(0.3, 1.0))[1]
@test autodiff(Reverse, caught, Active(0.3))[1][1] ≈ a3
`)
  expect(failed).toEqual([])
})
