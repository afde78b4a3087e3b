#= adrepro
title: Recursive functions of a number and of a vector
tags: [reverse, forward, recursion, nested]
checks:
  - call: autodiff(Reverse, power, Active, Active(3.0), Const(4))[1]
    equals: (108.0, nothing)
  - call: autodiff(Forward, power, Duplicated(3.0, 1.0), Const(4))[1]
    value: 108.0
  - call: autodiff(Reverse, x -> autodiff(Reverse, power, Active, Active(x), Const(4))[1][1], Active, Active(3.0))[1][1]
    value: 108.0
  - call: gradient(Reverse, x -> horner(x, 1, 2.0), [1.0, 2.0, 3.0])[1]
    value: [1.0, 2.0, 4.0]
=#
using Enzyme

power(x, n) = n == 0 ? one(x) : iseven(n) ? power(x, n ÷ 2)^2 : x * power(x, n - 1)
horner(c, k, x) = k == length(c) ? c[k] : c[k] + x * horner(c, k + 1, x)
