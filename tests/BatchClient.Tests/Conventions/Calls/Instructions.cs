using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace BatchGateway.Tests.Conventions;

/// <summary>Walks the instructions of a method.</summary>
internal static class Instructions
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    /// <summary>The methods that are called, constructed with, or taken as delegates, in their order.</summary>
    public static List<EntityHandle> MethodsIn(BlobReader code)
    {
        List<EntityHandle> found = [];
        while (code.RemainingBytes > 0)
        {
            OperandType operand = Operands[ReadCode(ref code)];
            if (operand == OperandType.InlineMethod)
                found.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
            else
                Skip(ref code, operand);
        }

        return found;
    }

    private static int ReadCode(ref BlobReader code)
    {
        const int Prefix = 0xFE;
        int first = code.ReadByte();
        return first == Prefix ? (Prefix << 8) | code.ReadByte() : first;
    }

    private static void Skip(ref BlobReader code, OperandType operand)
    {
        int size = operand == OperandType.InlineSwitch ? sizeof(int) * code.ReadInt32() : SizeOf(operand);
        code.Offset += size;
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
