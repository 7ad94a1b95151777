import type { Lexicon } from './lexicon';

export const portuguese: Lexicon = {
  spaced: true,
  wrong: [
    'não (?:me |se |o |a |está |tá |deu |foi |é )?(?:funciona|funcionou|funcionando|compila|compilou|roda|rodou|serve|bate|ajudou|mudou|muda|faz nada|fez nada|resolve|resolveu|certo|adiantou|correto|verdade|isso que|o que|mostra|aparece|ordena|valida|isso)',
    '(?:método|função|opção|parâmetro|comando|classe|módulo|pacote|propriedade) não existe|erro no seu \\w+',
    '(?:continua|segue|ainda)(?: \\S+)? (?:sem|dando|com|igual|o mesmo|a mesma|não|mal|errad[oa]|quebrad[oa]|falhando|desalinhad[oa]|aparecendo)|continua \\S+$',
    '(?:isso|isto|está|tá|é|a resposta|o resultado|o código|seu \\w+)(?: (?:está|tá|é|ficou))? (?:errad[oa]|incorret[oa]|fals[oa]|quebrad[oa]|invertid[oa]|ao contrário|obsolet[oa]|mentira)',
    '(?:eu )?(?:te )?(?:pedi|falei|disse|perguntei sobre|tinha pedido)(?: \\S+)|não foi (?:isso|o) que|eu queria(?! (?:saber|agradecer|perguntar))|não (?:pedi|queria|falei)',
    '(?:você|vc|tu) (?:esqueceu|ignorou|inventou|apagou|removeu|errou|se enganou|está enganado|não|deixou|me deu|só|repetiu|quebrou)',
    '(?:o|a|os) mesm[oa] (?:erro|problema|resultado|código|resposta|coisa)|tem certeza|não faz sentido|nada (?:muda|mudou|acontece|aconteceu)|sem efeito|agora (?:quebrou|parou|não)|trava|travou',
  ],
  wrongFirst: [
    '(?:mas |ué |ih )?não (?:isso|foi|é|eu|está|tá|assim|você|\\d)',
    '(?:tá |está )?(?:errado|errada|falso|incorreto|nada disso|negativo)(?=$|[,.!:;])',
  ],
  notWrong: [
    'não (?:está|tá|é|há|tem) (?:errad[oa]|problemas?|grave|mal|incorret[oa])|sem problemas?|nenhum problema|não (?:dá|tem) mais erros?|tudo bem|não importa',
  ],
  asks: [
    '(?:e |ok |então |agora |mas |também |aí )*(?:como|o que|que|qual|quais|onde|quando|quem|por que|porque|pode|podes|poderia|consegue|dá para|dá pra|tem como|há|é possível|adiciona|adicione|faz|faça|escreve|escreva|mostra|mostre|explica|explique|muda|mude|usa|use|coloca|coloque|cria|crie|gera|gere|quero|queria|gostaria|preciso|vamos|se|salva|deixa)',
  ],
  supposes: ['se|quando|como|mensagem|caso|deve|deveria|poderia|que (?:mostre|retorne|diga)'],
  thanks: ['obrigad[oa]s?(?! desde já)|obg|obgd?|valeu|vlw|agradeço|grat[oa]|brigad[oa]'],
  praise: [
    '(?:(?:está|ficou|é|muito|ah|ok|sim|que|tudo) )*(?:perfeito|ótim[oa]|excelente|maravilha|show|show de bola|legal|bacana|top|incrível|fantástico|massa|bom|boa|beleza|exato|claro|clar[oa]|sensacional|maravilhoso|útil)(?: (?:explicação|resposta|trabalho))?',
    'bem explicado|era (?:isso|exatamente isso)(?: mesmo)?|exatamente o que eu (?:precisava|queria)',
  ],
  works: [
    '(?:agora|já|tudo|isso|assim)(?: sim)? (?:funciona|funcionou|roda|rodou|foi|compila|passou|entendi|deu certo)(?! (?:mas|só|com|em|se))',
    '^(?:agora )?(?:funcionou|deu certo|funciona|resolveu|consegui)(?: (?:bem|perfeitamente|certinho|aqui|perfeito))?(?=$|[,.!])|era isso|entendi|problema resolvido|resolvido|não dá mais erro',
  ],
  but: ['mas|porém|só que|infelizmente|entretanto|contudo'],
  wishes: ['(?:eu )?(?:quero|queria|prefiro|preciso|gostaria)|pode|poderia|como|dá para|dá pra|tem como'],
  nowBad: ['(?:e )?agora (?:o|a|os|as|não|tudo|nada|ele|ela|dá|está|tá|deu|sumiu|me|nem|só)'],
  again: [
    'repito|de novo:?|novamente|outra vez|minha pergunta (?:era|é|foi)|a pergunta (?:era|é)|em outras palavras|reformulando|o que eu perguntei|em palavras simples|mais simples|ainda não entendi',
  ],
  other: [
    'também|outr[oa]s?|além disso|em vez|no lugar|igual mas|desta vez|próxim[oa]|parecid[oa]|mais um\\w?',
  ],
  common: [
    ...'o a os as um uma de do da dos das no na nos em e ou que com por para pra sem se me te eu você ele ela isso isto esse essa é são está não sim como qual mas mais já meu minha seu sua posso pode fazer faz faço faz escreva uso ser tem muito ao faço'.split(
      ' ',
    ),
  ],
};
