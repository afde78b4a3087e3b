# The names of Base.Broadcast: the styles that types of a program choose, and what is not yet evaluated.

module Broadcast
export broadcast, broadcast!, BroadcastStyle, broadcast_axes, broadcastable, dotview
import Base: broadcast, broadcast!, broadcastable, broadcasted, dotview, materialize, materialize!

"How arguments of a type want the result of a dotted call made."
abstract type BroadcastStyle end
"The style of a type that is no array."
struct Style{T} <: BroadcastStyle end
"No rule joins two styles."
struct Unknown <: BroadcastStyle end
abstract type AbstractArrayStyle{N} <: BroadcastStyle end
"The style of one type of array, of any rank."
struct ArrayStyle{A<:AbstractArray} <: AbstractArrayStyle{Any} end
"The style of arrays that ask for nothing: the result is an `Array`."
struct DefaultArrayStyle{N} <: AbstractArrayStyle{N} end
"Two array styles of which neither knows the other."
struct ArrayConflict <: AbstractArrayStyle{Any} end

"A function and its arguments, not yet evaluated."
struct Broadcasted{Style,Axes,F,Args<:Tuple}
    style::Style
    f::F
    args::Args
    axes::Axes
end

const instantiate = Base.__instantiate
const flatten = Base.__flat_broadcasted
const combine_styles = Base.__combined_style
const result_style = Base.__result_style
const combine_eltypes = Base.__combined_eltype
const combine_axes = Base.__combined_axes
const broadcast_shape = Base.__broadcast_shape
const broadcast_axes = Base.__broadcast_axes
end
const BroadcastStyle = Broadcast.BroadcastStyle
const Broadcasted = Broadcast.Broadcasted
