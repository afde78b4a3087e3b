# IrrationalConstants: more constants that take the precision of what they meet.
module IrrationalConstants
export twoπ, fourπ, halfπ, quartπ, invπ, twoinvπ, fourinvπ, inv2π, inv4π, sqrt2, sqrt3, sqrtπ, sqrt2π, sqrt4π, sqrthalfπ, invsqrt2, invsqrtπ, invsqrt2π,
    loghalf, logtwo, logten, logπ, log2π, log4π
const twoπ = Base.Irrational{:twoπ}()
const fourπ = Base.Irrational{:fourπ}()
const halfπ = Base.Irrational{:halfπ}()
const quartπ = Base.Irrational{:quartπ}()
const invπ = Base.Irrational{:invπ}()
const twoinvπ = Base.Irrational{:twoinvπ}()
const fourinvπ = Base.Irrational{:fourinvπ}()
const inv2π = Base.Irrational{:inv2π}()
const inv4π = Base.Irrational{:inv4π}()
const sqrt2 = Base.Irrational{:sqrt2}()
const sqrt3 = Base.Irrational{:sqrt3}()
const sqrtπ = Base.Irrational{:sqrtπ}()
const sqrt2π = Base.Irrational{:sqrt2π}()
const sqrt4π = Base.Irrational{:sqrt4π}()
const sqrthalfπ = Base.Irrational{:sqrthalfπ}()
const invsqrt2 = Base.Irrational{:invsqrt2}()
const invsqrtπ = Base.Irrational{:invsqrtπ}()
const invsqrt2π = Base.Irrational{:invsqrt2π}()
const loghalf = Base.Irrational{:loghalf}()
const logtwo = Base.Irrational{:logtwo}()
const logten = Base.Irrational{:logten}()
const logπ = Base.Irrational{:logπ}()
const log2π = Base.Irrational{:log2π}()
const log4π = Base.Irrational{:log4π}()
Base.Float64(::Base.Irrational{:twoπ}) = 6.283185307179586
Base.Float64(::Base.Irrational{:fourπ}) = 12.566370614359172
Base.Float64(::Base.Irrational{:halfπ}) = 1.5707963267948966
Base.Float64(::Base.Irrational{:quartπ}) = 0.7853981633974483
Base.Float64(::Base.Irrational{:invπ}) = 0.3183098861837907
Base.Float64(::Base.Irrational{:twoinvπ}) = 0.6366197723675814
Base.Float64(::Base.Irrational{:fourinvπ}) = 1.2732395447351628
Base.Float64(::Base.Irrational{:inv2π}) = 0.15915494309189535
Base.Float64(::Base.Irrational{:inv4π}) = 0.07957747154594767
Base.Float64(::Base.Irrational{:sqrt2}) = 1.4142135623730951
Base.Float64(::Base.Irrational{:sqrt3}) = 1.7320508075688772
Base.Float64(::Base.Irrational{:sqrtπ}) = 1.772453850905516
Base.Float64(::Base.Irrational{:sqrt2π}) = 2.5066282746310007
Base.Float64(::Base.Irrational{:sqrt4π}) = 3.544907701811032
Base.Float64(::Base.Irrational{:sqrthalfπ}) = 1.2533141373155003
Base.Float64(::Base.Irrational{:invsqrt2}) = 0.7071067811865476
Base.Float64(::Base.Irrational{:invsqrtπ}) = 0.5641895835477563
Base.Float64(::Base.Irrational{:invsqrt2π}) = 0.3989422804014327
Base.Float64(::Base.Irrational{:loghalf}) = -0.6931471805599453
Base.Float64(::Base.Irrational{:logtwo}) = 0.6931471805599453
Base.Float64(::Base.Irrational{:logten}) = 2.302585092994046
Base.Float64(::Base.Irrational{:logπ}) = 1.1447298858494002
Base.Float64(::Base.Irrational{:log2π}) = 1.8378770664093456
Base.Float64(::Base.Irrational{:log4π}) = 2.5310242469692907
end
