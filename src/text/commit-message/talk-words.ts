/**
 * What models say around a message, in the languages that they are asked in. Patterns are tried on the beginning of a
 * line, so that a long one costs no more than a short one.
 */

/** Words that present something, and nothing else at the beginning of a line that ends with a colon. */
export const presents = begins(
  String.raw`here(?:['’]?s| is| are| it is| you (?:go|are)| we go)\b|below (?:is|are)\b|(?:please )?find below\b|see below\b|(?:try|use) (?:this|these|the following)\b`,
  String.raw`voici\b|voilà|ci-dessous\b`,
  String.raw`hier(?: ist| sind| kommt| folgt| der| die| deine?| ihre?| mein)?\b|nachfolgend\b|folgende[rs]?\b`,
  String.raw`aquí\b|a continuación\b|este es\b|esta es\b`,
  String.raw`aqui\b|segue\b|abaixo\b|eis\b`,
  String.raw`ecco\b|di seguito\b|questo è\b`,
  String.raw`hieronder\b|här (?:är|kommer)\b|her er\b|tässä\b|íme\b|iată\b|oto\b|poniżej\b|zde\b|tady\b|níže\b|işte\b|aşağıda`,
  String.raw`вот|ниже|ось|нижче|ето|ево|ορίστε|εδώ|ακολουθεί`,
  String.raw`以下|下面|コミット ?メッセージは(?:以下|次|こちら)|提交(?:信息|消息)如下|커밋 메시지는 (?:다음|아래)|这是|這是|如下|こちら|これが|次の|次が|다음|아래|여기`,
  String.raw`berikut|ini (?:adalah|pesan)|đây là|dưới đây|sau đây|นี่คือ|ต่อไปนี้|यहाँ|यहां|निम्न|নিচে|এখানে`,
  String.raw`هذه|هذا|إليك|فيما يلي|הנה|להלן|در اینجا`,
);

/** What an answer may begin with: of a message only where more speaks for it. */
export const speaks = begins(
  String.raw`(?:i|we)(?:['’](?:ve|d|ll|m|re)|\s[a-z]+)\b`,
  String.raw`(?:this|that) (?:is|could be|would be|should be)\b|these are\b|the following\b|following\b|let me\b|let['’]s\b|my\b|your\b`,
  String.raw`(?:based on|given|after|looking at|from|considering|according to|to (?:summari[sz]e|describe)|for)\b`,
  String.raw`you (?:can|could|might)\b|how about\b|what about\b|the (?:diff|changes?|commit|message|staged)\b|as requested\b`,
  String.raw`je (?:propose|suggère|vous|te)|d['’]après|ich (?:schlage|würde|habe)|basierend|mein\b|dies(?:e|er)?\b`,
  String.raw`basándome|según|yo\b|propongo|sugiero|com base|com as|eu\b|basandomi|propongo|in base`,
  String.raw`(?:thinking(?: process)?|thought process|analysis|reasoning)[*_]{0,2}[:\uff1a]`,
  String.raw`根据|基于|根據|我|建议|建議|推荐|変更|提案|제안|변경|предлагаю|на основе|учитывая`,
);

/** Words that say nothing but yes. */
export const yes = begins(
  String.raw`(?:sure(?: thing)?|certainly|of course|absolutely|ok(?:ay)?|alright|all right|got it|understood|yes|great|no problem|gladly|right|done|hello|hi)(?![\w-])`,
  String.raw`(?:bien sûr|d['’]accord|certainement|avec plaisir|volontiers|entendu|oui)(?![\w-])`,
  String.raw`(?:klar|natürlich|gerne?|sicher|selbstverständlich|verstanden|okay|ja)(?![\w-])`,
  String.raw`(?:claro(?: que sí)?|por supuesto|desde luego|entendido|com certeza|certo|sì|sí|sim|va bene|natuurlijk|självklart|jasne|oczywiście|jistě|tabii|elbette)(?![\w-])`,
  String.raw`好的?(?=[,\uff0c。!\uff01:\uff1a\s]|$)|当然|當然|没问题|明白|可以(?=[,\uff0c。!\uff01])|はい(?=[、。,\uff0c!\uff01]|$)|承知|了解(?:です|しました)|もちろん|네(?=[,.!\uff0c\s])|물론|알겠습니다`,
  String.raw`конечно|хорошо|понял|звісно|добре|tentu|baik|chắc chắn|vâng|ज़रूर|निश्चित|بالتأكيد|حسن|בטח|แน่นอน`,
);

/** What a message is called, or its being one of several. */
export const speaksOfMessage =
  /commit|message|\bmsg\b|nachricht|mensaje|mensagem|messaggio|bericht\b|meddelande|wiadomo|zpráv|üzenet|mesaj|pesan|viesti|thông điệp|коммит|коміт|сообщени|повідомлен|μήνυμα|提交(?:信息|消息|说明|訊息)|訊息|消息|信息|コミット|メッセージ|커밋|메시지|संदेश|رسالة|הודע|ข้อความ|suggestion|vorschlag|proposition|sugerencia|sugestão|option|alternativ|draft|entwurf/iu;

/** The name of a message, alone on its line or before it. */
export const nameOfMessage = new RegExp(
  '^(?:' +
    [
      String.raw`(?:(?:the|a|an|your|my|this|good|better|possible|suitable|fitting|appropriate|simple|proposed|suggested|final|generated|recommended|revised|updated|improved|draft|example|concise|new|git|conventional|clear|short|full|and|,)[ ,]{1,2}){0,6}(?:commit[ -]?(?:message|msg|title|subject)|commit|message|msg|subject(?: line)?|title|suggestion|answer|output|result|proposal)s?(?: (?:for|that|which|based|describing|following|in|would|could|might|is|below|summari[sz]ing|using|to)\b[^:\uff1a]{0,200})?`,
      String.raw`(?:proposition de |suggestion de )?(?:message|titre|sujet) (?:de|du) commit[^:\uff1a]{0,60}|objet|titre|sujet|message`,
      String.raw`(?:vorgeschlagene |vorschlag für (?:die |eine )?)?commit[ -]?(?:nachricht|message|titel|betreff|beschreibung)[^:\uff1a]{0,60}|betreff|titel|nachricht|vorschlag`,
      String.raw`(?:mensaje|título) (?:de|del) (?:commit|confirmación)[^:\uff1a]{0,60}|asunto|título|mensaje|(?:mensagem|título) (?:de|do) commit[^:\uff1a]{0,60}|assunto|mensagem|messaggio (?:di|del) commit[^:\uff1a]{0,60}|oggetto|titolo|messaggio`,
      String.raw`commit[ -]?(?:bericht|meddelande|melding|besked|mesajı|üzenet|viesti)|onderwerp|ämne|konu|(?:wiadomość|treść) commit[a-zu]*|pesan commit|zpráva commitu|thông điệp commit`,
      String.raw`(?:建议的?|推荐的?|生成的?)?(?:git ?|commit ?)?(?:提交|commit ?)(?:信息|消息|说明|訊息|标题|描述|message)(?:如下|为|是)?|标题|標題|主题|主題`,
      String.raw`(?:提案する?)?(?:コミット ?メッセージ)(?:案|例)?(?:です|は)?|件名|タイトル|(?:제안 )?커밋 ?메시지|제목`,
      String.raw`(?:предлагаемое )?сообщение (?:коммита|к коммиту|для коммита)|(?:commit|коммит)-?сообщение|тема|заголовок|повідомлення коміту|رسالة (?:الالتزام|الإيداع|commit)|הודעת (?:ה)?(?:קומיט|commit)`,
    ].join('|') +
    ')$',
  'iu',
);

export const proposes = /commit|suggest|propos|generat|recommend|vorschlag|vorgeschlagen/i;

/** Names that are a prefix in some repositories: a label only with a capital, marks or a line of their own. */
export const alsoPrefix =
  /^(?:message|msg|title|commit|answer|output|result|suggestion|proposal|objet|message|titel)$/;

export const nameOfBody =
  /^(?:(?:commit )?(?:body|description|details|footers?|trailers?)|corps|détails|beschreibung|details|rumpf|text|cuerpo|descripción|detalles|corpo|descrição|descrizione|dettagli|正文|描述|详情|說明|说明|内容|本文|説明|詳細|본문|설명|내용|тело|описание|детали)(?: \([^:\uff1a]{0,60}\))?$/iu;

/** Several messages to choose from. */
export const offersSeveral =
  /\b(?:options|alternatives|suggestions|variants|versions|choices|candidates|few|several|some|two|three|four|five|[2-9])\b|commit messages|vorschläge|varianten|optionen|propositions|suggestions|opciones|sugerencias|opções|sugestões|opzioni|proposte|选项|方案|几个|几条|以下几|三个|两个|いくつか|候補|案を|몇 가지|옵션|вариант/iu;

/** The name of one of several, and what stands behind it. */
export const nameOfOption =
  /^(?:#{1,6} )?[*_]{0,3}(?:option|alternative|variante?|version|choice|suggestion|candidate|proposal|commit message|message|vorschlag|alternativ[ae]|opción|opção|opzione|proposition|sugerencia|方案|选项|建议|案|候補|パターン|옵션|제안|вариант) ?#?(\d{1,2}|[a-e]|one|two|three|一|二|三)(?![\p{L}\p{N}])((?: ?\([^()]{0,80}\))?[*_]{0,3} ?[:\uff1a.)\-–—]{0,2}[*_]{0,3})(.*)$/iu;

/** Sentences that speak of the message itself, or to the one who asked. */
export const remarks = begins(
  String.raw`(?:this|the|above|these|that) (?:above |suggested |proposed |generated )?(?:git )?commit messages? `,
  String.raw`(?:this|the) (?:message|subject(?: line)?|title) (?:is (?:concise|clear|short|brief|in the|under|within|below)|stays (?:under|within|below)|uses (?:the |an )?imperative|clearly|concisely|succinctly|accurately|briefly|says what|describes (?:the|what)|summari[sz]es|follows|adheres|captures|conveys|uses the|reflects the|explains (?:the|what)|highlights)`,
  String.raw`this is an? (?:[\w-]{1,20},? ){0,5}commit message\b|p\.? ?s\.?:? i\b|(?:character|subject)(?: length| count)?(?: count)?: \d{1,3}\b|\d{1,3} characters?(?: long| total)?[).*_]{0,3}$`,
  String.raw`here['’]?s why\b|this follows (?:the )?(?:conventional|repo|style|existing)|(?:please )?let me know|feel free|(?:i )?hope (?:this|it|that) (?:helps|fits|suits|meets|captures|message|commit|works for you|is (?:helpful|useful|what|okay|good))|would you like|do you want|want me to|shall i\b|should i\b|happy to|is there anything|anything else`,
  String.raw`if you(?:['’]d| would)? (?:like|want|prefer|need) (?:me|a|an|another|any|more|it|this|something|to (?:adjust|change|modify|add))\b`,
  String.raw`you (?:can|may|could|might want to) (?:also )?(?:adjust|modify|edit|tweak|customi[sz]e|copy|replace|shorten|use) (?:(?:it|this|them)(?:[.!]|$| (?:further|as|if|to (?:fit|match|suit|better)|accordingly|based|directly|commit|message)\b)|the (?:commit |git )?(?:message|subject|wording|scope|type|prefix)\b)`,
  String.raw`(?:please )?note(?: that|:)? (?:that )?(?:i|these? commit|this commit message|the commit message|this message|you (?:can|may|should) (?:adjust|edit|modify))\b`,
  String.raw`i(?:['’]ve| have)? (?:chose|chosen|used|kept|followed|wrote|written|focused|included|tried|made|omitted|left) .{0,120}(?:message|subject|prefix|convention|concise|imperative|style|type)`,
  String.raw`ce message (?:de commit )?(?:décrit|suit|résume|explique|respecte|indique)|n['’]hésite|dites-moi|dis-moi|j['’]espère|souhait(?:ez-vous|es-tu)|voulez-vous|veux-tu|si vous (?:souhaitez|voulez)`,
  String.raw`diese (?:commit-?)?(?:nachricht|message) (?:beschreibt|fasst|folgt|erklärt|ist|hält)|lass(?:en sie)? (?:mich|es mich) wissen|sag(?:en sie)? (?:mir )?(?:einfach )?bescheid|ich hoffe|möchtest du|möchten sie|soll ich|wenn du (?:möchtest|willst)`,
  String.raw`este mensaje (?:de commit )?(?:describe|sigue|resume|explica)|avísame|ház?me ?lo saber|hazme saber|déjame saber|espero que|¿(?:quieres|te gustaría|deseas|necesitas)|si (?:quieres|deseas|necesitas) (?:que|un|otra|algo)`,
  String.raw`est[ae] mensagem (?:de commit )?(?:descreve|segue|resume|explica)|me avise|avise-me|espero que|se (?:quiser|desejar|precisar)|deseja que|questo messaggio (?:di commit )?(?:descrive|segue|riassume|spiega)|fammi sapere|spero che|vuoi che`,
  String.raw`(?:这|该|此)(?:条|个|則|则)?(?:提交|commit)|如果(?:您|你)?(?:需要|想|希望)|如(?:有|需)|希望(?:这|對|对)|请告诉我|請告訴我|需要我|是否需要|您可以|你可以|请(?:根据|随时)`,
  String.raw`この(?:コミット)?メッセージ|このコミットメッセージ|必要(?:に応じて|であれば|があれば)|ご(?:不明|要望|希望|確認)|お知らせ|いかがでしょうか|何か(?:他|ほか)|이 커밋 메시지|이 메시지|필요하(?:시면|면)|도움이|원하시면|더 필요`,
  String.raw`это сообщение (?:коммита )?(?:описывает|следует|кратко|соответствует)|дайте знать|если (?:нужно|хотите|вам|потребуется)|надеюсь|хотите|这样`,
);

/** Names of a part that explains a message. */
export const nameOfRemarks =
  /^(?:explanation|rationale|reasoning|notes?|why|breakdown|analysis|justification|why this (?:message|works)|summary of changes|explication|justification|remarques?|erklärung|begründung|hinweise?|anmerkung(?:en)?|explicación|nota|notas|explicação|spiegazione|说明|解释|解釋|備註|备注|理由|解説|説明|補足|설명|이유|참고|пояснение|объяснение|примечание)$/iu;

/** An answer that has no message in it. */
export const refuses = begins(
  String.raw`(?:i['’]?m|i am) (?:sorry|afraid|unable|not able)|sorry,|i apologi[sz]e|i (?:can(?:['’]t|not)|could(?:n['’]t| not)) |i (?:do(?:n['’]t| not)) (?:see|have)|as an ai\b|unfortunately, (?:i|the diff|there|no)|(?:please|could you|can you) (?:please )?(?:provide|share|paste|send)|(?:it (?:looks|seems) like|there (?:are|is|were)) (?:you|no|the diff|nothing)|no (?:changes|diff) (?:were|was|to|provided|found)|the (?:diff|provided diff) is empty`,
  String.raw`je suis désolé|désolé|je ne (?:peux|vois)|veuillez fournir|tut mir leid|es tut mir leid|leider (?:kann|sehe|habe)|ich (?:kann|sehe) (?:leider )?(?:kein|nicht)|bitte (?:gib|geben|stelle|teile)|lo siento|no puedo|por favor,? proporcion|desculpe|não (?:posso|vejo)|mi dispiace|non (?:posso|vedo)`,
  String.raw`抱歉|对不起|很抱歉|我(?:无法|不能|没有看到)|请提供|請提供|申し訳|すみません|죄송|извините|к сожалению|я не (?:могу|вижу)`,
);

function begins(...patterns: readonly string[]): readonly RegExp[] {
  return patterns.map((pattern) => new RegExp(`^(?:${pattern})`, 'iu'));
}
