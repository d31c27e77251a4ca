using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// A type as the answers of a model are read: what its constructor requires must be there, and what must not be null is not. By default
/// System.Text.Json fills in defaults, and an empty object would be taken for an answer.
/// </summary>
internal static class StrictTypes
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, JsonTypeInfo> Types = [];

    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) => (JsonTypeInfo<T>)Types.GetValue(type, given => Make((JsonTypeInfo<T>)given));

    private static JsonTypeInfo<T> Make<T>(JsonTypeInfo<T> type)
    {
        // A type that the caller put together by hand is not known to any resolver, or known differently.
        if (type.OriginatingResolver is null)
            return type;

        try
        {
            JsonSerializerOptions options = new(type.Options) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
            options.MakeReadOnly();
            return options.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? type;
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // A resolver that serves its own options only: the type is read as it was given.
            return type;
        }
    }
}
