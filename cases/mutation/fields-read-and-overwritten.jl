#= adrepro
title: Fields of a mutable struct that are read in each turn of a loop, and overwritten
tags: [mutation, struct, loop]
checks:
  - call: read_in_turns()
    value: [12.0, 6.0]
  - call: overwritten()
    value: [0.0, 72.0]
=#
using Enzyme

mutable struct Account
    rate::Float64
    total::Float64
end

function grow(account, x)
    s = 0.0
    for i in 1:3
        s += account.rate * i * x
        account.total = s
    end
    return s
end

function read_in_turns()
    account, shadow = Account(1.0, 0.0), Account(0.0, 0.0)
    dx = autodiff(Reverse, grow, Active, Duplicated(account, shadow), Active(2.0))[1][2]
    return (shadow.rate, dx)
end

function square(account, x)
    account.total = x
    account.total = account.total * x
    account.total = 3 * account.total
    return account.total
end

"What the shadow of the total had received goes to `x`; the total that was there before is lost, so its shadow ends at zero."
function overwritten()
    account, shadow = Account(1.0, 7.0), Account(0.0, 5.0)
    dx = autodiff(Reverse, square, Active, Duplicated(account, shadow), Active(2.0))[1][2]
    return (shadow.total, dx)
end
