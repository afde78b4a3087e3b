#= adrepro
title: A while loop with break and an early return, on every way out
tags: [reverse, forward, while, break, return]
notes: Newton's iteration for a square root; its derivative is 1 / (2 sqrt(a)). The early return has slope 3, the break after two steps has the slope of two steps.
checks:
  - call: gradient(Reverse, a -> root(a, 60), 2.0)[1]
    value: 0.35355339059327373
  - call: gradient(Forward, a -> root(a, 60), 2.0)[1]
    value: 0.35355339059327373
  - call: gradient(Reverse, a -> root(a, 60), -2.0)[1]
    value: 3.0
  - call: gradient(Reverse, a -> root(a, 2), 2.0)[1]
    value: 0.3611111111111111
  - call: autodiff(Reverse, a -> autodiff(Reverse, b -> root(b, 60), Active, Active(a))[1][1], Active, Active(2.0))[1][1]
    value: -0.08838834764831845
    rtol: 1.0e-9
=#
using Enzyme

function root(a, most)
    if a < 0
        return 3a
    end
    x = a
    steps = 0
    while true
        next = (x + a / x) / 2
        steps += 1
        if steps >= most || abs(next - x) < 1e-14
            x = next
            break
        end
        x = next
    end
    return x
end
